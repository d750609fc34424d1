namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class LoopbackServiceV1Tests() : ServiceContractV1(loopback: true);
