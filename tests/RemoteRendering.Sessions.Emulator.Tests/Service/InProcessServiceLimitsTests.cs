namespace RemoteRendering.Sessions.Emulator;

public sealed class InProcessServiceLimitsTests() : ServiceLimitsContract(loopback: false);
