namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class InProcessServiceLimitsTests() : ServiceLimitsContract(loopback: false);
