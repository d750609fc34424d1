namespace RemoteRendering.Sessions.Service;

/// <summary>Specifies how the start of a session ends.</summary>
public enum StartOutcome
{
    /// <summary>The host becomes ready.</summary>
    Boots = 0,

    /// <summary>The host cannot be started.</summary>
    Fails = 1,

    /// <summary>No host is free.</summary>
    LacksCapacity = 2,
}
