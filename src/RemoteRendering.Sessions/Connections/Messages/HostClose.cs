using RemoteRendering.Sessions.Connections.Controller;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>What it means when a host closes a link without a goodbye.</summary>
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
            HostProtocol.CloseHostBroke => (null, RenderingConnectionReason.InternalError, "The host reported an internal error."),

            // Refused, or told that this device breaks the rules: it would be told the same again, however often it comes back.
            HostProtocol.CloseRefused or HostProtocol.ClosePolicy
                => (ConnectionTrigger.HostLeft, RenderingConnectionReason.HandshakeFailed, "The host refuses this device."),
            HostProtocol.CloseProtocolError or HostProtocol.CloseUnacceptable or HostProtocol.CloseInconsistent or HostProtocol.CloseMissingExtension
                => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError, "The host does not accept what this device sends."),
            null => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link without a code."),
            _ => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link."),
        };
        string? words = HostWords.Clean(said);
        string codeText = code is { } number ? $" It closed with code {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}." : string.Empty;
        return new ConnectionFailure(final, reason, sentence + codeText + (words is null ? string.Empty : $" It said: {words}"))
        {
            HostCode = code,
            HostMessage = words,
        };
    }
}
