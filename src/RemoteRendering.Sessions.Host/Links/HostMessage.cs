namespace RemoteRendering.Sessions.Host;

/// <summary>Represents what a <see cref="HostLink"/> received: a message, a close, or the loss of the link.</summary>
public readonly struct HostMessage
{
    private HostMessage(HostMessageKind kind, ReadOnlyMemory<byte> payload = default, int? closeCode = null, string? closeReason = null)
    {
        Kind = kind;
        Payload = payload;
        CloseCode = closeCode;
        CloseReason = closeReason;
    }

    /// <summary>Gets the message of a link that broke without a close, or was aborted on this side.</summary>
    public static HostMessage Lost => new(HostMessageKind.Lost);

    /// <summary>Gets the message that stands for one that is larger than the receiver takes.</summary>
    public static HostMessage TooLarge => new(HostMessageKind.TooLarge);

    /// <summary>Gets the kind of the message.</summary>
    public HostMessageKind Kind { get; }

    /// <summary>Gets the content of a text or binary message. It is valid until the next receive on the same link.</summary>
    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>Gets the code of a close; <see langword="null"/> when the peer gave none.</summary>
    public int? CloseCode { get; }

    /// <summary>Gets the reason of a close; <see langword="null"/> when the peer gave none.</summary>
    public string? CloseReason { get; }

    /// <summary>Creates a text message.</summary>
    /// <param name="payload">The UTF-8 text.</param>
    /// <returns>The message.</returns>
    public static HostMessage Text(ReadOnlyMemory<byte> payload) => new(HostMessageKind.Text, payload);

    /// <summary>Creates a binary message.</summary>
    /// <param name="payload">The content.</param>
    /// <returns>The message.</returns>
    public static HostMessage Binary(ReadOnlyMemory<byte> payload) => new(HostMessageKind.Binary, payload);

    /// <summary>Creates the message of a close.</summary>
    /// <param name="code">The close code; <see langword="null"/> when the peer gave none.</param>
    /// <param name="reason">The reason; <see langword="null"/> when the peer gave none.</param>
    /// <returns>The message.</returns>
    public static HostMessage Close(int? code, string? reason) => new(HostMessageKind.Close, closeCode: code, closeReason: reason);

    /// <summary>Creates a copy with a payload of its own, which stays valid after the next receive.</summary>
    /// <returns>The copy.</returns>
    public HostMessage Copy() => new(Kind, Payload.ToArray(), CloseCode, CloseReason);
}
