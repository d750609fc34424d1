namespace RemoteRendering.Sessions.Emulator;

public sealed class LoopbackService2021Tests() : ServiceContract2021(loopback: true);
