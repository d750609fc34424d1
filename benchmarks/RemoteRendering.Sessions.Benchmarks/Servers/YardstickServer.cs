using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>What connections are compared to: a WebSocket that sends back what it gets, and a SignalR hub. On a loopback port.</summary>
internal sealed class YardstickServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private YardstickServer(WebApplication application, HubWire wire, Uri address)
    {
        _application = application;
        Wire = wire;
        Address = address;
    }

    public HubWire Wire { get; }

    public Uri Address { get; }

    public static Uri Echo(Uri address) => new UriBuilder(address) { Scheme = "ws", Path = "/echo" }.Uri;

    public static Uri Hub(Uri address) => new(address, "hub");

    public static async Task<YardstickServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var wire = new HubWire();
        builder.Services.AddSingleton(wire);
        builder.Services.AddSignalR(static options => options.MaximumReceiveMessageSize = 4 * 1024 * 1024).AddMessagePackProtocol();
        WebApplication application = builder.Build();
        application.UseWebSockets();
        application.Map("/echo", EchoAsync);
        application.MapHub<EchoHub>("/hub");
        await application.StartAsync();
        string address = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .First();
        return new YardstickServer(application, wire, new Uri(address));
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task EchoAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                await socket.SendAsync(
                    buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, context.RequestAborted);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The measurement is over.
        }
    }
}
