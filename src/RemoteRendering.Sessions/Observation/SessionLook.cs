namespace RemoteRendering.Sessions.Observation;

/// <summary>One look at a session: what was seen and what of it was new, or why nothing was seen.</summary>
internal readonly struct SessionLook
{
    public SessionLook(RenderingSessionProperties properties, RenderingSessionChange? change, bool isFirst = false)
    {
        Properties = properties;
        Change = change;
        IsFirst = isFirst;
    }

    public SessionLook(Exception failure, bool isFinal)
    {
        Failure = failure;
        IsFinal = isFinal;
    }

    /// <summary>Gets what is known after the look; null when it failed.</summary>
    public RenderingSessionProperties? Properties { get; }

    public RenderingSessionChange? Change { get; }

    /// <summary>Gets a value indicating whether this is what was known before the watch began.</summary>
    public bool IsFirst { get; }

    public Exception? Failure { get; }

    /// <summary>Gets a value indicating whether another look will not go better.</summary>
    public bool IsFinal { get; }
}
