namespace RemoteRendering.Sessions.Tests.Transports;

/// <summary>What a <see cref="LoopbackProxy"/> is.</summary>
public enum LoopbackProxyKind
{
    /// <summary>HTTP without credentials.</summary>
    Http,

    /// <summary>HTTP that answers 407 to a request without credentials, and keeps the connection.</summary>
    HttpWithCredentials,

    /// <summary>HTTP that answers 407 to a request without credentials, and closes the connection.</summary>
    HttpThatClosesWithItsChallenge,

    /// <summary>SOCKS5 without credentials.</summary>
    Socks5,
}
