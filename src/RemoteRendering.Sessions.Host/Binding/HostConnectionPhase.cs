namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>Where one link stands.</summary>
internal enum HostConnectionPhase
{
    /// <summary>The bind has not come yet.</summary>
    Unbound,

    /// <summary>The bind has come and its answer waits for the end of a drain.</summary>
    Waiting,

    /// <summary>Bound, and alive as far as known.</summary>
    Bound,

    /// <summary>A close has been posted; frames have no effect any more.</summary>
    Closing,
}
