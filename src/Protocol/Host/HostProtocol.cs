namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The host protocol; <c>Transports/host-protocol.md</c> of the client describes it.</summary>
internal static class HostProtocol
{
    /// <summary>The sub-protocol of the WebSockets.</summary>
    public const string SubProtocol = "rrs.host.v1";

    public const int Version = 1;

    /// <summary>How often both ends send something while a bind waits for the present holder of a session.</summary>
    public static readonly TimeSpan KeepAliveWhileBinding = TimeSpan.FromSeconds(5);
}
