namespace RemoteRendering.Sessions.Pooling;

/// <summary>Specifies the state of a session that waits in a pool.</summary>
internal enum PooledSessionState
{
    /// <summary>The session can be handed out.</summary>
    Good,

    /// <summary>The state is uncertain until the session is read: it is neither handed out nor removed.</summary>
    Doubtful,

    /// <summary>The session has ended, or has too little lease left.</summary>
    Bad,
}
