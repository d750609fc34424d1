namespace RemoteRendering.Sessions.Host;

/// <summary>Specifies what a link received.</summary>
public enum HostMessageKind
{
    /// <summary>A whole text message.</summary>
    Text,

    /// <summary>A whole binary message.</summary>
    Binary,

    /// <summary>A message that is larger than the receiver takes. Its content is not delivered.</summary>
    TooLarge,

    /// <summary>The peer closed the link in order.</summary>
    Close,

    /// <summary>The link broke without a close, or was aborted on this side.</summary>
    Lost,
}
