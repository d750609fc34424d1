namespace RemoteRendering.Sessions.Emulator;

public sealed class InProcessFaultTests() : FaultContract(loopback: false);
