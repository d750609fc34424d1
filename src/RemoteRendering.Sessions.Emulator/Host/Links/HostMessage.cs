namespace RemoteRendering.Sessions.Emulator.Host.Links;

/// <summary>One message from a link.</summary>
/// <param name="Kind">What arrived.</param>
/// <param name="Payload">The content of a text or binary message; valid until the next receive on the same link.</param>
/// <param name="CloseCode">The code of a close, when the peer gave one.</param>
/// <param name="CloseReason">The words of a close.</param>
internal readonly record struct HostMessage(
    HostMessageKind Kind, ReadOnlyMemory<byte> Payload = default, int? CloseCode = null, string? CloseReason = null)
{
    public static HostMessage Lost => new(HostMessageKind.Lost);

    public static HostMessage TooLarge => new(HostMessageKind.TooLarge);
}
