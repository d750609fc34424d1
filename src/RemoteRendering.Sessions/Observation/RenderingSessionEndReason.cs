namespace RemoteRendering.Sessions;

/// <summary>How a session came to its end.</summary>
public enum RenderingSessionEndReason
{
    /// <summary>The service does not know the session any more.</summary>
    Forgotten = 0,

    /// <summary>This client stopped it.</summary>
    StoppedByThisClient = 1,

    /// <summary>Somebody else stopped it.</summary>
    StoppedElsewhere = 2,

    /// <summary>Its lease ran out.</summary>
    Expired = 3,

    /// <summary>Its host could not be started or was lost; the session's error says more.</summary>
    Failed = 4,
}
