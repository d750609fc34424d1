namespace RemoteRendering.Sessions.Emulator.Tests.Faults;

public sealed class InProcessFaultTests() : FaultContract(loopback: false);
