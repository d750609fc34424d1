namespace RemoteRendering.Sessions.Host.Links;

/// <summary>A message that waits to be sent.</summary>
/// <param name="Bytes">The whole message.</param>
/// <param name="Kind">Text or binary.</param>
internal readonly record struct OutboundFrame(byte[] Bytes, HostMessageKind Kind)
{
    public static implicit operator OutboundFrame(byte[] text) => new(text, HostMessageKind.Text);
}
