namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The kinds of binary frames.</summary>
internal static class HostFrameKind
{
    /// <summary>From the client, a request: scene writes.</summary>
    public const byte Batch = 1;

    /// <summary>From the client, a request: bytes of an upload.</summary>
    public const byte Chunk = 2;

    /// <summary>From the host: an answer that is bytes.</summary>
    public const byte Answer = 16;

    /// <summary>From the host, a notification: a picture of a preview.</summary>
    public const byte Preview = 17;
}
