namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>Which of the services that share the emulator's addresses a request is for.</summary>
internal enum ServiceGeneration
{
    TokenService,
    V1,
    V2021,
}
