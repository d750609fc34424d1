using System.Net.WebSockets;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Converts a close of a link without a goodbye to a failure.</summary>
internal static class HostClose
{
    public static ConnectionFailure ToFailure(int? code, string? said)
    {
        (ConnectionTrigger? final, RenderingConnectionReason reason, string sentence) = code switch
        {
            HostCloseCode.Malformed => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError,
                "The host reported a malformed message of this device."),
            HostCloseCode.TooLarge => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.MessageTooLarge,
                "A message was larger than the host accepts."),
            HostCloseCode.Superseded =>
                (ConnectionTrigger.HostLeft, RenderingConnectionReason.LinkSuperseded, "A newer link replaced this one."),
            HostCloseCode.TokenExpired =>
                ((ConnectionTrigger?)null, RenderingConnectionReason.AuthenticationFailed, "The access token has expired."),
            HostCloseCode.Broken => (null, RenderingConnectionReason.InternalError, "The host reported an internal error."),

            // The host refused this device or reported a violation of the protocol: every further attempt would get the same answer.
            HostCloseCode.Refused or (int)WebSocketCloseStatus.PolicyViolation
                => (ConnectionTrigger.HostLeft, RenderingConnectionReason.HandshakeFailed, "The host refused this device."),
            (int)WebSocketCloseStatus.ProtocolError or (int)WebSocketCloseStatus.InvalidMessageType
                or (int)WebSocketCloseStatus.InvalidPayloadData or (int)WebSocketCloseStatus.MandatoryExtension
                => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError,
                    "The host rejected a message of this device."),
            null => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link without a code."),
            _ => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link."),
        };
        string? words = HostWords.Clean(said);
        string codeText = code is { } number
            ? $" It closed with code {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}."
            : string.Empty;
        return new ConnectionFailure(final, reason, sentence + codeText + (words is null ? string.Empty : $" Its message: {words}"))
        {
            HostCode = code,
            HostMessage = words,
        };
    }
}
