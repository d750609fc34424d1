namespace RemoteRendering.Sessions.Leases;

/// <summary>Specifies the next action of a renewal.</summary>
internal enum RenewalAction
{
    /// <summary>Wait.</summary>
    Wait,

    /// <summary>Read the session.</summary>
    Confirm,

    /// <summary>Request a longer lease.</summary>
    Renew,
}
