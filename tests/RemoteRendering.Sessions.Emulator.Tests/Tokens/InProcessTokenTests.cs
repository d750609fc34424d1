namespace RemoteRendering.Sessions.Emulator;

public sealed class InProcessTokenTests() : TokenContract(loopback: false);
