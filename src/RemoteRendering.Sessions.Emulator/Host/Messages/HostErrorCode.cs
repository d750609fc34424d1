namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>The error codes of answers to requests.</summary>
internal static class HostErrorCode
{
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParameters = -32602;
    public const int Internal = -32603;
    public const int Cancelled = -32800;
    public const int StaleEpoch = -32011;
}
