namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>The close codes of the host protocol.</summary>
internal static class HostCloseCode
{
    public const int Normal = 1000;
    public const int TooLarge = 1009;
    public const int Broken = 1011;
    public const int Malformed = 4400;
    public const int Refused = 4403;
    public const int Dead = 4408;
    public const int Superseded = 4409;
}
