namespace RemoteRendering.Sessions.Emulator;

public sealed class InProcessService2021Tests() : ServiceContract2021(loopback: false);
