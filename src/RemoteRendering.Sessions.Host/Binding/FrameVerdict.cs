namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>What a session decided about a frame.</summary>
internal enum FrameVerdict
{
    /// <summary>Nothing else is to be done.</summary>
    Done,

    /// <summary>Requests wait to be started.</summary>
    Start,

    /// <summary>Something waits to be sent.</summary>
    Send,

    /// <summary>The link is not the newest of the session's holder any more.</summary>
    Fenced,

    /// <summary>The frame breaks the protocol.</summary>
    Malformed,
}
