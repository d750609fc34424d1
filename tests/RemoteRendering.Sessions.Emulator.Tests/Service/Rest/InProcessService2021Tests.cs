namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class InProcessService2021Tests() : ServiceContract2021(loopback: false);
