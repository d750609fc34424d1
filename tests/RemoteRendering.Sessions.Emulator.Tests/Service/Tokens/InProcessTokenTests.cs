namespace RemoteRendering.Sessions.Emulator.Tests.Service.Tokens;

public sealed class InProcessTokenTests() : TokenContract(loopback: false);
