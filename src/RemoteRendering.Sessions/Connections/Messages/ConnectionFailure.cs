using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using static RemoteRendering.Sessions.RenderingConnectionReason;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Why an attempt failed or a link ended, and whether another attempt may help.</summary>
/// <param name="final">The trigger that ends the connection; <see langword="null"/> when another attempt may help.</param>
/// <param name="reason">Why.</param>
/// <param name="message">Why, for people.</param>
/// <param name="retryAfter">When the host takes another attempt, where it said so.</param>
/// <param name="error">What lies behind it.</param>
internal sealed class ConnectionFailure(
    ConnectionTrigger? final, RenderingConnectionReason reason, string message, TimeSpan? retryAfter = null, Exception? error = null)
{
    private RenderingConnectionException? _exception;

    public ConnectionTrigger? Final => final;

    public RenderingConnectionReason Reason => reason;

    public string Message => message;

    public TimeSpan? RetryAfter => retryAfter;

    public Exception? Error => error;

    /// <summary>Gets or sets the code with which the host closed or refused; <see langword="null"/> without one.</summary>
    public int? HostCode { get; set; }

    /// <summary>Gets or sets what the host said, fit to be shown; <see langword="null"/> when it said nothing.</summary>
    public string? HostMessage { get; set; }

    /// <summary>Gets or sets a value indicating whether the attempt had less time than the application allows: the failure says little about the host.</summary>
    public bool IsCutShort { get; set; }

    public ConnectionCause Cause => new(reason, ToException(), retryAfter);

    /// <summary>Says what the failure of an attempt, or the end of a receive or a send, means.</summary>
    public static ConnectionFailure FromException(Exception exception, RenderingConnectionReason otherwise)
    {
        if (exception is RenderingConnectionException known)
        {
            return new ConnectionFailure(Classify(known.Reason, known.RetryAfter), known.Reason, known.Message, known.RetryAfter, known);
        }

        return new ConnectionFailure(null, otherwise, exception.Message, null, exception);
    }

    public RenderingConnectionException ToException()
        => error is RenderingConnectionException known && known.Reason == reason
            ? known
            : _exception ??= new RenderingConnectionException(reason, message, retryAfter, HostCode, HostMessage, error);

    private static ConnectionTrigger? Classify(RenderingConnectionReason reason, TimeSpan? retryAfter) => reason switch
    {
        ProtocolError or MessageTooLarge => ConnectionTrigger.ProtocolBroken,
        HandshakeUnreachable or HandshakeConnectionFailed or HandshakeFailed or HandshakeNetworkUnreachable or HandshakeConnectionRefused
            or ConnectionLost or RenderingConnectionReason.Timeout or NoConnection or InternalError or TooManyRequests or HostUnresponsive or AuthenticationFailed => null,
        SessionStopped or LeaseExpired or SessionFailed or SessionEnded => ConnectionTrigger.SessionEnded,
        _ => retryAfter is null ? ConnectionTrigger.HostRefused : null,
    };
}
