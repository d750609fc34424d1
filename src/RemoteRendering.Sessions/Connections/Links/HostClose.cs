using System.Net.WebSockets;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>What it means when a host closes a link without a goodbye.</summary>
internal static class HostClose
{
    public static ConnectionFailure ToFailure(int? code, string? said)
    {
        (ConnectionTrigger? final, RenderingConnectionReason reason, string sentence) = code switch
        {
            HostCloseCode.Malformed => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError, "The host takes what this device sent for malformed."),
            HostCloseCode.TooLarge => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.MessageTooLarge, "A message was larger than the host takes."),
            HostCloseCode.Superseded => (ConnectionTrigger.HostLeft, RenderingConnectionReason.LinkSuperseded, "A newer link took the place of this one."),
            HostCloseCode.TokenExpired => ((ConnectionTrigger?)null, RenderingConnectionReason.AuthenticationFailed, "The access token ran out."),
            HostCloseCode.Broken => (null, RenderingConnectionReason.InternalError, "The host reported an internal error."),

            // Refused, or told that this device breaks the rules: it would be told the same again, however often it comes back.
            HostCloseCode.Refused or (int)WebSocketCloseStatus.PolicyViolation
                => (ConnectionTrigger.HostLeft, RenderingConnectionReason.HandshakeFailed, "The host refuses this device."),
            (int)WebSocketCloseStatus.ProtocolError or (int)WebSocketCloseStatus.InvalidMessageType or (int)WebSocketCloseStatus.InvalidPayloadData or (int)WebSocketCloseStatus.MandatoryExtension
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
