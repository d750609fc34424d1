namespace RemoteRendering.Sessions.Emulator;

public sealed class LoopbackTokenTests() : TokenContract(loopback: true);
