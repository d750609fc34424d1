using RemoteRendering.Sessions.Connections.Controller;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Converts a close of a link without a goodbye to a failure.</summary>
internal static class HostClose
{
    public static ConnectionFailure ToFailure(int? code, string? said)
    {
        (ConnectionTrigger? final, RenderingConnectionReason reason, string sentence) = code switch
        {
            HostProtocol.CloseMalformed => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError,
                "The host reported a malformed message of this device."),
            HostProtocol.CloseTooLarge => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.MessageTooLarge,
                "A message was larger than the host accepts."),
            HostProtocol.CloseSuperseded =>
                (ConnectionTrigger.HostLeft, RenderingConnectionReason.LinkSuperseded, "A newer link replaced this one."),
            HostProtocol.CloseTokenExpired =>
                ((ConnectionTrigger?)null, RenderingConnectionReason.AuthenticationFailed, "The access token has expired."),
            HostProtocol.CloseHostBroke => (null, RenderingConnectionReason.InternalError, "The host reported an internal error."),

            // The host refused this device or reported a violation of the protocol: every further attempt would get the same answer.
            HostProtocol.CloseRefused or HostProtocol.ClosePolicy
                => (ConnectionTrigger.HostLeft, RenderingConnectionReason.HandshakeFailed, "The host refused this device."),
            HostProtocol.CloseProtocolError or HostProtocol.CloseUnacceptable or HostProtocol.CloseInconsistent or HostProtocol.CloseMissingExtension
                => (ConnectionTrigger.ProtocolBroken, RenderingConnectionReason.ProtocolError,
                    "The host rejected a message of this device."),
            null => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link without a code."),
            _ => (null, RenderingConnectionReason.ConnectionLost, "The host closed the link."),
        };
        string? words = HostWords.Clean(said);
        string codeText = code is { } number ? $" It closed with code {number.ToString(System.Globalization.CultureInfo.InvariantCulture)}." : string.Empty;
        return new ConnectionFailure(final, reason, sentence + codeText + (words is null ? string.Empty : $" Its message: {words}"))
        {
            HostCode = code,
            HostMessage = words,
        };
    }
}
