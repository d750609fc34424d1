namespace RemoteRendering.Sessions;

/// <summary>Specifies what an application should do after a connection has ended or could not be established.</summary>
public enum RenderingConnectionAdvice
{
    /// <summary>
    /// Do not reconnect. Another <c>ConnectAsync</c> fails in the same way until the session, the device, the application or its settings
    /// have changed; or the application itself ended the connection.
    /// </summary>
    DoNotReconnect = 0,

    /// <summary>Call <c>ConnectAsync</c> now: there is no known obstacle.</summary>
    ReconnectNow = 1,

    /// <summary>
    /// Call <c>ConnectAsync</c> later: after the time in <c>RetryAfter</c> if the host gave one, otherwise after some seconds, or when the
    /// network is back.
    /// </summary>
    ReconnectLater = 2,
}
