namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>What a lane does with one frame.</summary>
internal enum LaneFault
{
    /// <summary>Deliver it.</summary>
    None,

    /// <summary>Cut the link instead.</summary>
    Cut,

    /// <summary>Deliver the beginning, then cut the link.</summary>
    Truncate,

    /// <summary>Lose it, and everything after it, both ways.</summary>
    HalfOpen,
}
