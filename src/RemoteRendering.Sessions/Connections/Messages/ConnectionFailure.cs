using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using static RemoteRendering.Sessions.RenderingConnectionReason;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents the failure of an attempt or the end of a link.</summary>
/// <param name="final">The trigger that ends the connection; <see langword="null"/> when another attempt may succeed.</param>
/// <param name="reason">The reason.</param>
/// <param name="message">The message.</param>
/// <param name="retryAfter">The time until the host accepts another attempt, if it named one.</param>
/// <param name="error">The inner exception.</param>
internal sealed class ConnectionFailure(
    ConnectionTrigger? final, RenderingConnectionReason reason, string message, TimeSpan? retryAfter = null, Exception? error = null)
{
    private RenderingConnectionException? _exception;

    public ConnectionTrigger? Final => final;

    public RenderingConnectionReason Reason => reason;

    public string Message => message;

    public TimeSpan? RetryAfter => retryAfter;

    public Exception? Error => error;

    /// <summary>Gets or sets the code with which the host closed or refused, or <see langword="null"/>.</summary>
    public int? HostCode { get; set; }

    /// <summary>Gets or sets the sanitized message of the host, or <see langword="null"/>.</summary>
    public string? HostMessage { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the attempt had less time than the application allows, so that the failure is weak evidence
    /// about the host.
    /// </summary>
    public bool IsCutShort { get; set; }

    public ConnectionCause Cause => new(reason, ToException(), retryAfter);

    /// <summary>Converts an exception of an attempt, a receive or a send to a failure.</summary>
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
            or ConnectionLost or RenderingConnectionReason.Timeout or NoConnection or InternalError or TooManyRequests or HostUnresponsive
                or AuthenticationFailed => null,
        SessionStopped or LeaseExpired or SessionFailed or SessionEnded => ConnectionTrigger.SessionEnded,
        _ => retryAfter is null ? ConnectionTrigger.HostRefused : null,
    };
}
