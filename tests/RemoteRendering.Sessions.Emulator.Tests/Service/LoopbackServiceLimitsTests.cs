namespace RemoteRendering.Sessions.Emulator;

public sealed class LoopbackServiceLimitsTests() : ServiceLimitsContract(loopback: true);
