using RemoteRendering.Sessions.Emulator.Service.Sessions;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>Where the host of a session is for whoever asks. The real service gave two ports from 49152 to 65534.</summary>
internal readonly record struct SessionAddress(string Hostname, int HandshakePort, int InspectorPort)
{
    private const int FirstPort = 49152;
    private const int PortPairs = 8000;

    /// <summary>
    /// The address of a session's host: the emulator's own port for the handshake, or, without one, a number that stands for the session. The inspector has another number, as it always had.
    /// </summary>
    public static SessionAddress For(EmulatedRequest request, SessionEntry entry)
    {
        int port = FirstPort + (int)(entry.Number % PortPairs * 2);
        if (request.SessionPort > 0)
        {
            return new SessionAddress(request.SessionHostname, request.SessionPort, request.SessionPort == port + 1 ? port : port + 1);
        }

        return new SessionAddress(request.SessionHostname, port, port + 1);
    }
}
