namespace RemoteRendering.Sessions.Service.Rest.Messages;

/// <summary>The services that share the addresses of one server.</summary>
internal enum ServiceGeneration
{
    TokenService,
    V1,
    V2021,
}
