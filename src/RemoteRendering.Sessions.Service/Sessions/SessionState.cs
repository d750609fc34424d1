namespace RemoteRendering.Sessions.Service;

/// <summary>Specifies the state of a session. It is computed from facts and the clock, never stored.</summary>
public enum SessionState
{
    /// <summary>There is no such session: never made, or ended longer ago than the service remembers.</summary>
    None = 0,

    /// <summary>The host is being found and booted. Ends with Ready, Error or Stopped. Costs nothing.</summary>
    Starting = 1,

    /// <summary>The host runs and takes a connection; the lease and the bill run. Ends with Stopped, Expired or Error.</summary>
    Ready = 2,

    /// <summary>Stopped on request. Final.</summary>
    Stopped = 3,

    /// <summary>The lease ran out. Final.</summary>
    Expired = 4,

    /// <summary>The host could not be started, or was lost. Final; the session says why.</summary>
    Error = 5,
}
