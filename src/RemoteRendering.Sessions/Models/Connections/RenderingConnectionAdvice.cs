namespace RemoteRendering.Sessions;

/// <summary>Specifies what an application should do after a connection has ended or could not be made.</summary>
public enum RenderingConnectionAdvice
{
    /// <summary>Another <c>ConnectAsync</c> gets the same answer until something else has changed: the session, the device, the application or its settings; or the application itself ended the connection.</summary>
    DoNotReconnect = 0,

    /// <summary>Call <c>ConnectAsync</c> now: nothing is known that stands against it.</summary>
    ReconnectNow = 1,

    /// <summary>Call <c>ConnectAsync</c> later: after the time in <c>RetryAfter</c> where the host gave one, otherwise after some seconds, or when the network is back.</summary>
    ReconnectLater = 2,
}
