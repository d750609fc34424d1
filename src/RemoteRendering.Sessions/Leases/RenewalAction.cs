namespace RemoteRendering.Sessions.Leases;

/// <summary>What to do next about a lease.</summary>
internal enum RenewalAction
{
    /// <summary>Nothing, for a while.</summary>
    Wait,

    /// <summary>Ask the service how things stand.</summary>
    Confirm,

    /// <summary>Ask for a longer lease.</summary>
    Renew,
}
