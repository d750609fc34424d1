namespace RemoteRendering.Sessions.Emulator;

public sealed class LoopbackServiceV1Tests() : ServiceContractV1(loopback: true);
