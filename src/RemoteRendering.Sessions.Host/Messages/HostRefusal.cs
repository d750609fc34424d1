namespace RemoteRendering.Sessions.Host;

/// <summary>Represents a refused <c>bind</c>.</summary>
public sealed class HostRefusal
{
    /// <summary>Initializes a new instance of the <see cref="HostRefusal"/> class.</summary>
    /// <param name="reason">The reason, for programs.</param>
    /// <param name="message">The reason, for people.</param>
    /// <param name="retryAfter">
    /// The time after which the device may try again; <see langword="null"/> when the refusal is final. A negative time counts as zero.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="reason"/> is <see cref="HostRefusalReason.None"/>, or no value of the enumeration.
    /// </exception>
    public HostRefusal(HostRefusalReason reason, string message, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (reason == HostRefusalReason.None || !Enum.IsDefined(reason))
        {
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "A refusal must have one of the reasons of the protocol.");
        }

        Reason = reason;
        Message = message;
        RetryAfter = retryAfter < TimeSpan.Zero ? TimeSpan.Zero : retryAfter;
    }

    /// <summary>Gets the reason, for programs.</summary>
    public HostRefusalReason Reason { get; }

    /// <summary>Gets the reason, for people.</summary>
    public string Message { get; }

    /// <summary>Gets the time after which the device may try again; <see langword="null"/> when the refusal is final.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static HostRefusal SessionEnded { get; } = new(HostRefusalReason.SessionEnded, "The session has ended.");

    internal static HostRefusal Superseded { get; } = new(
        HostRefusalReason.LinkSuperseded, "A newer instance of this device holds the session, or held it last.");

    internal static HostRefusal OtherDevice(TimeSpan? retryAfter = null) =>
        new(HostRefusalReason.OtherSessionConnected, "Another device holds this session.", retryAfter);

    internal static HostRefusal InvalidParameter(string message) => new(HostRefusalReason.InvalidParameter, message);
}
