namespace RemoteRendering.Sessions;

/// <summary>Specifies the kinds of a change of a session. Several kinds can be combined.</summary>
[Flags]
public enum RenderingSessionChangeKinds
{
    /// <summary>No change.</summary>
    None = 0,

    /// <summary>The watch reports the session for the first time; the session may be older.</summary>
    Created = 1,

    /// <summary>The status changed.</summary>
    Status = 2,

    /// <summary>The name or a port of the host changed, including from or to <see langword="null"/>.</summary>
    Host = 4,

    /// <summary>
    /// The lease changed. It usually gets longer, and gets shorter when the service did not apply one that it had accepted.
    /// </summary>
    Lease = 8,

    /// <summary>The session has ended. This is its last change.</summary>
    Ended = 16,
}
