using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Http;

namespace RemoteRendering.Sessions.Host;

/// <summary>Serves a <see cref="RenderingHost"/> in ASP.NET Core, over WebSockets.</summary>
public static class RenderingHostEndpointExtensions
{
    /// <summary>Maps the address at which devices open their links to a host.</summary>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="pattern">The pattern of the address. Clients of a session service use <c>/</c>.</param>
    /// <param name="host">The host.</param>
    /// <returns>The endpoint, for more settings.</returns>
    /// <remarks>
    /// The application must use the WebSockets of ASP.NET Core before (<c>app.UseWebSockets()</c>). Their own keep-alive may be off: both
    /// ends of the protocol send signs of life.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEndpointConventionBuilder MapRemoteRenderingHost(
        this IEndpointRouteBuilder endpoints, string pattern, RenderingHost host)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(host);
        return endpoints.Map(pattern, context => context.ServeRemoteRenderingLinkAsync(host, decorate: null));
    }

    /// <summary>Answers a request that opens a link, and serves the link until it has ended.</summary>
    /// <param name="context">The request.</param>
    /// <param name="host">The host.</param>
    /// <param name="decorate">
    /// Decorates the link before the host gets it, for example to count or to delay; <see langword="null"/> for nothing.
    /// </param>
    /// <returns>A task that completes when the link has ended, or was refused.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="host"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The application does not use the WebSockets of ASP.NET Core.</exception>
    public static Task ServeRemoteRenderingLinkAsync(
        this HttpContext context, RenderingHost host, Func<HostLink, HostLink>? decorate = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(host);
        return ServeAsync(context, host, decorate);
    }

    private static async Task ServeAsync(HttpContext context, RenderingHost host, Func<HostLink, HostLink>? decorate)
    {
        HttpResponse response = context.Response;
        if (context.Features.Get<IHttpWebSocketFeature>() is null)
        {
            throw new InvalidOperationException("The host needs WebSockets: call app.UseWebSockets() before its endpoint is mapped.");
        }

        string? accessToken = BearerToken.Read(context.Request.Headers.Authorization.ToString());
        if (!context.WebSockets.IsWebSocketRequest)
        {
            response.StatusCode = StatusCodes.Status426UpgradeRequired;
            response.Headers.Upgrade = "websocket";
        }
        else if (host.DownFor is var down && down > TimeSpan.Zero)
        {
            response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            response.Headers.RetryAfter = RetryAfterSeconds.Write(down);
        }
        else if (!host.Sessions.IsTokenValid(accessToken))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = BearerToken.Invalid;
        }
        else if (!context.WebSockets.WebSocketRequestedProtocols.Contains(HostProtocol.SubProtocol))
        {
            response.StatusCode = StatusCodes.Status400BadRequest;
        }
        else
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync(HostProtocol.SubProtocol).ConfigureAwait(false);
            HostLink link = new WebSocketHostLink(socket);
            await host.ServeAsync(decorate?.Invoke(link) ?? link, accessToken, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
