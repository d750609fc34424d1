namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>When a service applies an update that it has accepted. All but the first answer with the lease of before.</summary>
internal enum UpdateBehavior
{
    /// <summary>Before it answers.</summary>
    Immediate,

    /// <summary>1 to 45 seconds after its answer.</summary>
    Late,

    /// <summary>Not at all.</summary>
    Never,

    /// <summary>Each update in one of the ways above: 60, 25 and 15 in a hundred.</summary>
    Mixed,
}
