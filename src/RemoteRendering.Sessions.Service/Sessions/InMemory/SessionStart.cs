namespace RemoteRendering.Sessions.Service.Sessions.InMemory;

/// <summary>How a session starts, as it is planned when the session is created.</summary>
/// <param name="Time">How long the start takes; <see cref="SessionFacts.Never"/> until the host reports.</param>
/// <param name="Failure">Why it fails when the time has passed; null when it does not.</param>
internal readonly record struct SessionStart(TimeSpan Time, SessionFailure? Failure)
{
    /// <summary>A start that ends when the host reports.</summary>
    public static SessionStart UntilReported { get; } = new(SessionFacts.Never, null);
}
