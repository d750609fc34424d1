namespace RemoteRendering.Sessions.Emulator.Tests.Faults;

public sealed class LoopbackFaultTests() : FaultContract(loopback: true);
