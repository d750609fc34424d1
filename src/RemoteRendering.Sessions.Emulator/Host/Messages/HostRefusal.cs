namespace RemoteRendering.Sessions.Emulator.Host.Messages;

/// <summary>A refused bind.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Message">The same for people.</param>
/// <param name="RetryAfter">When it may make sense to try again; null makes the refusal final.</param>
internal sealed record HostRefusal(HostRefusalReason Reason, string Message, TimeSpan? RetryAfter = null)
{
    public static HostRefusal SessionEnded { get; } = new(HostRefusalReason.SessionEnded, "The session has ended.");

    public static HostRefusal OtherDevice(TimeSpan? retryAfter = null) =>
        new(HostRefusalReason.OtherSessionConnected, "Another device holds this session.", retryAfter);

    public static HostRefusal Superseded { get; } = new(
        HostRefusalReason.LinkSuperseded, "A newer instance of this device holds the session, or held it last.");

    public static HostRefusal InvalidParameter(string message) => new(HostRefusalReason.InvalidParameter, message);
}
