using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>Both ends of a WebSocket on the loopback, and a host of one's own for one of them.</summary>
internal sealed class SocketPair : IHttpWebSocketFeature, IAsyncDisposable
{
    private const string Protocol = "rrs.host.v1";

    private readonly WebSocket _near;

    private SocketPair(WebSocket near, WebSocket far)
    {
        _near = near;
        Device = far;
        Link = new WebSocketHostLink(near);
    }

    public bool IsWebSocketRequest => true;

    /// <summary>Gets the end of the device.</summary>
    public WebSocket Device { get; }

    /// <summary>Gets the end of the host.</summary>
    public WebSocketHostLink Link { get; }

    public RenderingHost Host { get; } = new(new OpenSessions(), []);

    public static async Task<SocketPair> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var device = new TcpClient();
        await device.ConnectAsync((IPEndPoint)listener.LocalEndpoint).ConfigureAwait(false);
        TcpClient host = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
        return new SocketPair(
            WebSocket.CreateFromStream(host.GetStream(), isServer: true, Protocol, Timeout.InfiniteTimeSpan),
            WebSocket.CreateFromStream(device.GetStream(), isServer: false, Protocol, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Serves the link, does something with its connection, and ends it.</summary>
    public async Task ServeAsync(Func<HostConnection, Task> use)
    {
        Task serving = Host.ServeAsync(Link, "token");
        await use(Host.Connections.Single()).ConfigureAwait(false);
        Device.Abort();
        await serving.ConfigureAwait(false);
    }

    /// <summary>Makes the request that opens the link.</summary>
    public HttpContext MakeRequest()
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpWebSocketFeature>(this);
        context.Request.Headers.SecWebSocketProtocol = Protocol;
        return context;
    }

    public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) => Task.FromResult(_near);

    public async ValueTask DisposeAsync()
    {
        Device.Dispose();
        await Host.DisposeAsync().ConfigureAwait(false);
        Link.Dispose();
    }
}
