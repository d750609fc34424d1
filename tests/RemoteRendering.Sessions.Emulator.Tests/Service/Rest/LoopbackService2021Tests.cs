namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

public sealed class LoopbackService2021Tests() : ServiceContract2021(loopback: true);
