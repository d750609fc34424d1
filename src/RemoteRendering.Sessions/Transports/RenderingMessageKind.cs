namespace RemoteRendering.Sessions;

/// <summary>Specifies the kind of a message on a <see cref="RenderingTransportLink"/>.</summary>
public enum RenderingMessageKind
{
    /// <summary>UTF-8 text.</summary>
    Text = 0,

    /// <summary>Bytes.</summary>
    Binary = 1,

    /// <summary>The other side has closed the link. Received only, and always last.</summary>
    Close = 2,
}
