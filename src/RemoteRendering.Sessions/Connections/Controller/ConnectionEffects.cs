namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Specifies the actions for an accepted trigger, besides the notification of observers.</summary>
[Flags]
internal enum ConnectionEffects
{
    None = 0,

    /// <summary>Start to make attempts.</summary>
    Begin = 1,

    /// <summary>Wait for the time of the policy, then make the next attempt.</summary>
    TryAgain = 2,

    /// <summary>Send pending requests, and keep the link alive.</summary>
    Serve = 4,

    /// <summary>End a wait between attempts immediately.</summary>
    Wake = 8,

    /// <summary>Close the present link.</summary>
    DropLink = 16,

    /// <summary>Notify the host that the device leaves, then close the link.</summary>
    Leave = 32,

    /// <summary>Abort the link or the attempt immediately.</summary>
    Abandon = 64,
}
