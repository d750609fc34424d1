namespace RemoteRendering.Sessions.Emulator;

public sealed class LoopbackFaultTests() : FaultContract(loopback: true);
