namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The error codes of answers: those of JSON-RPC, those of the protocol, and the refusals of a <c>bind</c>.</summary>
internal static class HostErrorCode
{
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParameters = -32602;
    public const int Internal = -32603;
    public const int StaleEpoch = -32011;
    public const int Cancelled = -32800;

    public const int AuthenticationFailed = 904;
    public const int ProtocolVersionMismatch = 911;
    public const int OtherSessionConnected = 1203;
    public const int SessionNotReady = 1204;
    public const int SessionEnded = 1205;
    public const int SessionNotFound = 1502;
    public const int TooManyRequests = 1503;
    public const int LinkSuperseded = 2007;
}
