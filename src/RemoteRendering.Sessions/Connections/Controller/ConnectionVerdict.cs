namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Specifies the result of a trigger in a state.</summary>
internal enum ConnectionVerdict
{
    /// <summary>The trigger is too late or has no effect in this state.</summary>
    Ignored,

    /// <summary>The trigger is applied, and the status is kept.</summary>
    Kept,

    /// <summary>The trigger is applied, and the status changes.</summary>
    Changed,

    /// <summary>The status is kept, but observers are notified of a change from the status to itself.</summary>
    Noted,

    /// <summary>The call fails with the reason of the row.</summary>
    Refused,
}
