namespace RemoteRendering.Sessions;

/// <summary>What it means when a host closes a link without a word.</summary>
internal static class HostClose
{
    public static ConnectionFailure ToFailure(int? code, string? said)
    {
        (ConnectionTrigger? final, RenderingConnectionReason reason, string sentence) = code switch
        {
            HostProtocol.CloseMalformed => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError, "The host takes what this device sent for malformed."),
            HostProtocol.CloseTooLarge => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.MessageTooLarge, "A message was larger than the host takes."),
            HostProtocol.CloseSuperseded => (ConnectionTrigger.HostLeft, RenderingConnectionReason.LinkSuperseded, "A newer link took the place of this one."),
            HostProtocol.CloseTokenExpired => ((ConnectionTrigger?)null, RenderingConnectionReason.AuthenticationFailed, "The access token ran out."),
            HostProtocol.CloseHostBroke => (null, RenderingConnectionReason.InternalError, "The host broke."),
            _ => (null, RenderingConnectionReason.ConnectionLost, $"The host closed the link with code {code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}."),
        };
        return new ConnectionFailure(final, reason, string.IsNullOrEmpty(said) ? sentence : $"{sentence} It said: {said}");
    }
}
