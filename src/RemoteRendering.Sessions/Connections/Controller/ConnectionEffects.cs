namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>What has to be done when a trigger is accepted, besides telling the observers of a change.</summary>
[Flags]
internal enum ConnectionEffects
{
    None = 0,

    /// <summary>Make attempts, from the first.</summary>
    Begin = 1,

    /// <summary>Wait as the policy says, then make the next attempt.</summary>
    TryAgain = 2,

    /// <summary>Send what waits, and keep the link alive.</summary>
    Serve = 4,

    /// <summary>End a wait between attempts at once.</summary>
    Wake = 8,

    /// <summary>Cut the present link.</summary>
    DropLink = 16,

    /// <summary>Tell the host that the device leaves, then cut the link.</summary>
    Leave = 32,

    /// <summary>Cut the link or the attempt at once.</summary>
    Abandon = 64,
}
