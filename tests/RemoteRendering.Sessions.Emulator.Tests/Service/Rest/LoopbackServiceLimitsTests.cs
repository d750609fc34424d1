namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class LoopbackServiceLimitsTests() : ServiceLimitsContract(loopback: true);
