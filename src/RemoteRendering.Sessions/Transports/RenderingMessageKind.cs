namespace RemoteRendering.Sessions;

/// <summary>The kinds of messages on a <see cref="RenderingTransportLink"/>.</summary>
public enum RenderingMessageKind
{
    /// <summary>UTF-8 text.</summary>
    Text = 0,

    /// <summary>Bytes.</summary>
    Binary = 1,

    /// <summary>The other end has closed the link in order; received only, and the last thing received.</summary>
    Close = 2,
}
