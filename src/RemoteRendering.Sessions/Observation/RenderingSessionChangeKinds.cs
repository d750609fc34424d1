namespace RemoteRendering.Sessions;

/// <summary>What is different about a session. Several things can change at once.</summary>
[Flags]
public enum RenderingSessionChangeKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The session is seen for the first time by this watch; it may be older.</summary>
    Created = 1,

    /// <summary>The status is another.</summary>
    Status = 2,

    /// <summary>The name or a port of the host is another, or known now, or gone.</summary>
    Host = 4,

    /// <summary>The lease is another: longer as a rule, or shorter when the service did not apply one that it had accepted.</summary>
    Lease = 8,

    /// <summary>The session has ended. The last change of a session.</summary>
    Ended = 16,
}
