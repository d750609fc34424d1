using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions;

/// <summary>The exception that is thrown when a connection to a host could not be made, or when something needed it and it was gone. <see cref="Reason"/> is the error code.</summary>
public class RenderingConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message)
        : this(reason, message, null, null)
    {
    }

    /// <summary>Creates the exception with what lies behind it.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="retryAfter">When another attempt may succeed, counted from now; <see langword="null"/> when that is not known.</param>
    /// <param name="innerException">What lies behind it, or <see langword="null"/>.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message, TimeSpan? retryAfter, Exception? innerException)
        : this(reason, message, retryAfter, null, null, innerException)
    {
    }

    /// <summary>Creates the exception with what the host said.</summary>
    /// <param name="reason">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="retryAfter">When another attempt may succeed, counted from now; <see langword="null"/> when that is not known.</param>
    /// <param name="hostCode">The code with which the host closed the link or refused; <see langword="null"/> without one.</param>
    /// <param name="hostMessage">The host's own words, or <see langword="null"/>.</param>
    /// <param name="innerException">What lies behind it, or <see langword="null"/>.</param>
    public RenderingConnectionException(
        RenderingConnectionReason reason, string message, TimeSpan? retryAfter, int? hostCode, string? hostMessage, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
        RetryAfter = retryAfter;
        HostCode = hostCode;
        HostMessage = hostMessage;
    }

    /// <summary>Gets the error code.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>Gets when another attempt may succeed, counted from the answer that said so; <see langword="null"/> when none did, which makes a refusal final.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Gets the code with which the host closed the link (as in RFC 6455) or refused the connection; <see langword="null"/> without one.</summary>
    public int? HostCode { get; }

    /// <summary>Gets the host's own words, at most 256 characters and without control characters; <see langword="null"/> when it said nothing.</summary>
    public string? HostMessage { get; }

    /// <summary>Gets what an application should do.</summary>
    public RenderingConnectionAdvice Advice => ConnectionReasons.Advice(Reason, RetryAfter);
}
