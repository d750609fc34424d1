namespace RemoteRendering.Sessions;

/// <summary>A connection to a host could not be made, or something needed it and it was gone. <see cref="Reason"/> says why, for programs.</summary>
public class RenderingConnectionException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">The same for people.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message)
        : this(reason, message, null, null)
    {
    }

    /// <summary>Creates the exception with what lies behind it.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">The same for people.</param>
    /// <param name="retryAfter">When another attempt may succeed, counted from now; <see langword="null"/> when nobody said.</param>
    /// <param name="innerException">What lies behind it, or <see langword="null"/>.</param>
    public RenderingConnectionException(RenderingConnectionReason reason, string message, TimeSpan? retryAfter, Exception? innerException)
        : base(message, innerException)
    {
        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>Gets why, for programs.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>Gets when another attempt may succeed, counted from the answer that said so; <see langword="null"/> when nobody did, which makes a refusal final.</summary>
    public TimeSpan? RetryAfter { get; }
}
