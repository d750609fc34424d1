using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents a JSON-RPC error of the host.</summary>
internal sealed class HostError
{
    public int Code { get; set; }

    public string Message { get; set; } = string.Empty;

    public string? Reason { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    /// <summary>Converts the error to the refusal of a <c>bind</c>.</summary>
    public ConnectionFailure ToRefusal()
    {
        RenderingConnectionReason reason = Code switch
        {
            HostErrorCode.InvalidParameters => RenderingConnectionReason.InvalidParameter,
            HostErrorCode.AuthenticationFailed or HostErrorCode.ProtocolVersionMismatch or HostErrorCode.OtherSessionConnected
                or HostErrorCode.SessionNotReady or HostErrorCode.SessionEnded or HostErrorCode.SessionNotFound
                or HostErrorCode.TooManyRequests or HostErrorCode.LinkSuperseded => (RenderingConnectionReason)Code,
            _ => RenderingConnectionReason.HandshakeFailed,
        };
        string? words = HostWords.Clean(Message);
        string message = words ?? $"The host refused the connection: {HostWords.Clean(Reason) ?? reason.ToString()}.";

        // A refused token may have expired in transit: the planner retries one time with a new token.
        ConnectionTrigger? final = RetryAfter is not null || reason == RenderingConnectionReason.AuthenticationFailed
            ? null
            : ConnectionTrigger.HostRefused;
        return new ConnectionFailure(
            final, reason, message, RetryAfter, new RenderingConnectionException(reason, message, RetryAfter, Code, words, null))
        {
            HostCode = Code,
            HostMessage = words,
        };
    }

    /// <summary>Converts the error to the exception of a request.</summary>
    public Exception ToRequestException()
        => Code == HostErrorCode.Cancelled
            ? new OperationCanceledException("The host cancelled the request.")
            : new RenderingRequestException(
                Code, HostWords.Clean(Reason),
                HostWords.Clean(Message, HostWords.LongestOfARequest) ?? $"The host answered with error {Code}.");
}
