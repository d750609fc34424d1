namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The close codes of the protocol, and those of WebSockets that it gives a meaning.</summary>
internal static class HostCloseCode
{
    public const int Normal = 1000;
    public const int TooLarge = 1009;
    public const int Broken = 1011;
    public const int Malformed = 4400;
    public const int TokenExpired = 4401;
    public const int Refused = 4403;
    public const int Dead = 4408;
    public const int Superseded = 4409;
}
