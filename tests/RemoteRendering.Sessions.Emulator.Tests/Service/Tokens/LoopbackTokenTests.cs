namespace RemoteRendering.Sessions.Emulator.Tests.Service.Tokens;

public sealed class LoopbackTokenTests() : TokenContract(loopback: true);
