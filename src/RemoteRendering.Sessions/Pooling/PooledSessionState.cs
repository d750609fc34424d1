namespace RemoteRendering.Sessions.Pooling;

/// <summary>What a pool may do with a session that waits in it.</summary>
internal enum PooledSessionState
{
    /// <summary>It can be handed out.</summary>
    Good,

    /// <summary>Nothing is certain until the service has been asked: it is neither handed out nor thrown out.</summary>
    Doubtful,

    /// <summary>It has ended, or has too little lease left.</summary>
    Bad,
}
