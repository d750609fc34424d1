using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>Where the host of a session is for the client that asks. The real service gave two ports from 49152 to 65534.</summary>
internal readonly record struct SessionAddress(string Hostname, int HandshakePort, int InspectorPort)
{
    private const int FirstPort = 49152;
    private const int PortPairs = 8000;

    /// <summary>
    /// The address of a session's host: what the host reported; else the service's own port for the handshake, or, without one, a number
    /// that stands for the session. The inspector has another number, as it always had.
    /// </summary>
    public static SessionAddress For(ServiceRequest request, SessionSnapshot session)
    {
        if (session.HostAddress is { } reported)
        {
            return new SessionAddress(reported.Hostname, reported.HandshakePort, reported.InspectorPort);
        }

        int port = FirstPort + (int)(session.Number % PortPairs * 2);
        if (request.SessionPort > 0)
        {
            return new SessionAddress(request.SessionHostname, request.SessionPort, request.SessionPort == port + 1 ? port : port + 1);
        }

        return new SessionAddress(request.SessionHostname, port, port + 1);
    }
}
