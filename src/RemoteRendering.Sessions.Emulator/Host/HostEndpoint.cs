using System.Net.WebSockets;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Emulator.InProcess;

namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>Where links reach the host, whatever carries them.</summary>
internal sealed class HostEndpoint
{
    private readonly HostEngine _engine;

    public HostEndpoint(HostEngine engine)
    {
        _engine = engine;
        Transport = new InMemoryRenderingTransport(this);
    }

    /// <summary>Gets the transport for clients in the same process.</summary>
    public RenderingTransport Transport { get; }

    /// <summary>Decides about a try to open a link, before there is one; null lets it through.</summary>
    /// <param name="bearer">The token in the request, without the scheme.</param>
    public HostUpgradeRefusal? RefuseUpgrade(string? bearer) =>
        _engine.Wire.RefuseUpgrade() ?? (_engine.Sessions.IsTokenValid(bearer) ? null : new HostUpgradeRefusal(401, RetryAfter: null));

    /// <summary>Serves a WebSocket until it has ended.</summary>
    /// <param name="socket">The socket; owned by the host from here on.</param>
    /// <param name="bearer">The token that was shown at the upgrade.</param>
    /// <param name="cancellationToken">Ends the link without a word.</param>
    public Task AcceptAsync(WebSocket socket, string? bearer, CancellationToken cancellationToken) =>
        _engine.AcceptAsync(new WebSocketHostLink(socket), bearer, cancellationToken);

    /// <summary>Serves a link of the same process in the background.</summary>
    public void Serve(HostLink link, string? bearer) =>
        _engine.Background.Add(new ValueTask(_engine.AcceptAsync(link, bearer, CancellationToken.None)));
}
