namespace RemoteRendering.Sessions.Service;

/// <summary>Represents the address at which a device reaches the host of a session.</summary>
public sealed class SessionHostAddress
{
    /// <summary>Initializes a new instance of the <see cref="SessionHostAddress"/> class.</summary>
    /// <param name="hostname">The host name or IP address.</param>
    /// <param name="handshakePort">The port of the host protocol, 1 to 65535.</param>
    /// <param name="inspectorPort">The port of the inspector, 1 to 65535.</param>
    /// <exception cref="ArgumentException"><paramref name="hostname"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="hostname"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A port is not in its range.</exception>
    public SessionHostAddress(string hostname, int handshakePort, int inspectorPort)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostname);
        CheckPort(handshakePort, nameof(handshakePort));
        CheckPort(inspectorPort, nameof(inspectorPort));
        Hostname = hostname;
        HandshakePort = handshakePort;
        InspectorPort = inspectorPort;
    }

    /// <summary>Gets the host name or IP address.</summary>
    public string Hostname { get; }

    /// <summary>Gets the port of the host protocol.</summary>
    public int HandshakePort { get; }

    /// <summary>Gets the port of the inspector.</summary>
    public int InspectorPort { get; }

    private static void CheckPort(int port, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535, name);
    }
}
