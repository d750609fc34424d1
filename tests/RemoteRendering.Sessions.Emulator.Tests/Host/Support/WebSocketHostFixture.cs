using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>A host behind a bare web server on a loopback port.</summary>
internal sealed class WebSocketHostFixture : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebSocketHostFixture(HostFixture host, WebApplication app)
    {
        Host = host;
        _app = app;
    }

    public HostFixture Host { get; }

    public Uri Address => new(_app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal));

    public static async Task<WebSocketHostFixture> StartAsync()
    {
        var host = new HostFixture();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        app.Run(async context =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync("rrs.host.v1");
            await host.Engine.ServeAsync(host.HostFaults.Decorate(new WebSocketHostLink(socket)), "token", context.RequestAborted);
        });
        await app.StartAsync();
        return new WebSocketHostFixture(host, app);
    }

    public async Task<RenderingTransportLink> ConnectAsync(int maxMessageBytes = 2 * 1024 * 1024) =>
        await new WebSocketRenderingTransport().ConnectAsync(new RenderingTransportContext(Address, "token", maxMessageBytes));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _app.DisposeAsync();
    }
}
