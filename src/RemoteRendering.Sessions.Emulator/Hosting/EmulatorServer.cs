using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>Serves the emulator on sockets.</summary>
internal sealed class EmulatorServer : IAsyncDisposable
{
    private static readonly TimeSpan _shutdownLimit = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly ListeningSockets _sockets;

    private EmulatorServer(WebApplication application, ListeningSockets sockets, IPEndPoint? http, IPEndPoint? https)
    {
        _application = application;
        _sockets = sockets;
        Http = http;
        Https = https;
    }

    public IPEndPoint? Http { get; }

    public IPEndPoint? Https { get; }

    public static async Task<EmulatorServer> StartAsync(
        ListeningPorts ports, X509Certificate2? certificate, ServiceFront front, RenderingHost host, HostFaults faults,
        TimeProvider socketTime, CancellationToken cancellationToken)
    {
        var sockets = new ListeningSockets();
        WebApplication? application = null;
        try
        {
            IReadOnlyList<IPEndPoint> http = ports.Http is { } httpPort ? sockets.Bind(ports.Address, httpPort) : [];
            IReadOnlyList<IPEndPoint> https = ports.Https is { } httpsPort ? sockets.Bind(ports.Address, httpsPort) : [];
            application = Build(http, https, certificate, sockets);
            application.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
            application.Run(new KestrelCarrier(front, host, faults, socketTime).HandleAsync);
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
            return new EmulatorServer(application, sockets, http.Count > 0 ? http[0] : null, https.Count > 0 ? https[0] : null);
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync().ConfigureAwait(false);
            }

            sockets.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _sockets.Dispose();
    }

    private static WebApplication Build(
        IReadOnlyList<IPEndPoint> http, IReadOnlyList<IPEndPoint> https, X509Certificate2? certificate, ListeningSockets sockets)
    {
        // Empty: no configuration files, no environment, no logging. An emulator inside another program must bring nothing of its own; the
        // signal handlers, which even an empty builder brings, go below.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = _shutdownLimit);
        builder.Services.Configure<SocketTransportOptions>(transport =>
        {
            transport.CreateBoundListenSocket = sockets.Take;

            // Spares turns of the thread pool for each message. What runs inline holds up its own connection alone: the callbacks are on
            // pool threads already.
            transport.UnsafePreferInlineScheduling = true;
        });
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            foreach (IPEndPoint endPoint in http)
            {
                kestrel.Listen(endPoint, static listen => listen.Protocols = HttpProtocols.Http1);
            }

            foreach (IPEndPoint endPoint in https)
            {
                kestrel.Listen(endPoint, listen => listen.UseHttps(certificate!));
            }
        });
        return builder.Build();
    }
}
