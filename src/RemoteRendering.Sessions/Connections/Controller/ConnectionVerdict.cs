namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>What becomes of a trigger in a state.</summary>
internal enum ConnectionVerdict
{
    /// <summary>It comes too late or means nothing here: nothing happens.</summary>
    Ignored,

    /// <summary>It is done, and the status stays.</summary>
    Kept,

    /// <summary>It is done, and the status changes.</summary>
    Changed,

    /// <summary>The status stays, and observers are told all the same: a change from the status to itself.</summary>
    Noted,

    /// <summary>The caller is told that it cannot be done, with the row's reason.</summary>
    Refused,
}
