namespace RemoteRendering.Sessions.Observation;

/// <summary>Represents one read of a session: its properties, or the failure.</summary>
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

    /// <summary>Gets the properties after the read; null when it failed.</summary>
    public RenderingSessionProperties? Properties { get; }

    public RenderingSessionChange? Change { get; }

    /// <summary>Gets a value indicating whether this is the state before the watch started.</summary>
    public bool IsFirst { get; }

    public Exception? Failure { get; }

    /// <summary>Gets a value indicating whether the failure is permanent.</summary>
    public bool IsFinal { get; }
}
