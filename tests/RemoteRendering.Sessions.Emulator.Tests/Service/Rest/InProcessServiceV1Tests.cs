namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class InProcessServiceV1Tests() : ServiceContractV1(loopback: false);
