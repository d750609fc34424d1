namespace RemoteRendering.Sessions;

/// <summary>Specifies the reason a session ended.</summary>
public enum RenderingSessionEndReason
{
    /// <summary>The service no longer finds the session.</summary>
    Forgotten = 0,

    /// <summary>This client stopped the session.</summary>
    StoppedByThisClient = 1,

    /// <summary>Another client stopped the session.</summary>
    StoppedElsewhere = 2,

    /// <summary>The lease of the session ran out.</summary>
    Expired = 3,

    /// <summary>The host of the session could not be started or was lost. The error of the session contains details.</summary>
    Failed = 4,
}
