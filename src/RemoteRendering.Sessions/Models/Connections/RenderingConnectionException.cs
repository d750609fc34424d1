using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions;

/// <summary>
/// The exception that is thrown when a connection to a host could not be established, or when an operation needs a connection that has
/// ended. <see cref="Reason"/> is the error code.
/// </summary>
public class RenderingConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message)
        : this(reason, message, null, null)
    {
    }

    /// <summary>Creates the exception with an inner exception.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="retryAfter">
    /// The time until another attempt may succeed, counted from now; <see langword="null"/> when it is unknown.
    /// </param>
    /// <param name="innerException">The inner exception, or <see langword="null"/>.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message, TimeSpan? retryAfter, Exception? innerException)
        : this(reason, message, retryAfter, null, null, innerException)
    {
    }

    /// <summary>Creates the exception with the code and the message of the host.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="retryAfter">
    /// The time until another attempt may succeed, counted from now; <see langword="null"/> when it is unknown.
    /// </param>
    /// <param name="hostCode">The code with which the host closed the link or refused the connection, or <see langword="null"/>.</param>
    /// <param name="hostMessage">The message of the host, or <see langword="null"/>.</param>
    /// <param name="innerException">The inner exception, or <see langword="null"/>.</param>
    public RenderingConnectionException(
        RenderingConnectionReason reason, string message, TimeSpan? retryAfter, int? hostCode, string? hostMessage,
        Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
        RetryAfter = retryAfter;
        HostCode = hostCode;
        HostMessage = hostMessage;
    }

    /// <summary>Gets the error code.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>
    /// Gets the time until another attempt may succeed, counted from the answer that contained it; <see langword="null"/> when there was
    /// none, which makes a refusal final.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Gets the code with which the host closed the link (as in RFC 6455) or refused the connection, or <see langword="null"/>.
    /// </summary>
    public int? HostCode { get; }

    /// <summary>Gets the message of the host, at most 256 characters and without control characters, or <see langword="null"/>.</summary>
    public string? HostMessage { get; }

    /// <summary>Gets the advice for the application: reconnect now, later, or not at all.</summary>
    public RenderingConnectionAdvice Advice => ConnectionReasons.Advice(Reason, RetryAfter);
}
