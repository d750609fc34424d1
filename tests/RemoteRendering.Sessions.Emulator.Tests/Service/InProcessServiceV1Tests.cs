namespace RemoteRendering.Sessions.Emulator;

public sealed class InProcessServiceV1Tests() : ServiceContractV1(loopback: false);
