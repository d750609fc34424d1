namespace RemoteRendering.Sessions.Emulator;

/// <summary>What an <see cref="EmulatorFault"/> does to a request.</summary>
public enum EmulatorFaultKind
{
    /// <summary>The request takes longer.</summary>
    Delay = 0,

    /// <summary>The answer is an error status.</summary>
    Status = 1,

    /// <summary>The connection breaks without an answer.</summary>
    Cut = 2,

    /// <summary>Half of the answer comes, then the connection breaks. Always after the effect.</summary>
    Truncate = 3,

    /// <summary>Nothing ever comes: the client waits until it gives up.</summary>
    HalfOpen = 4,

    /// <summary>An update is answered with success and the lease of before, and takes effect later.</summary>
    AppliedLate = 5,

    /// <summary>An update is answered with success and the lease of before, and never takes effect.</summary>
    NeverApplied = 6,
}
