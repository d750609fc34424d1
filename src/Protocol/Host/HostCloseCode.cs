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

    /// <summary>Throws unless a code may stand in a close: 1000 to 4999, except for 1005, 1006 and 1015 (RFC 6455, 7.4.1).</summary>
    public static void ThrowIfNotSendable(int code, string name)
    {
        if (code is < 1000 or > 4999 or 1005 or 1006 or 1015)
        {
            throw new ArgumentOutOfRangeException(name, code, "A close code must be 1000 to 4999, and not 1005, 1006 or 1015.");
        }
    }
}
