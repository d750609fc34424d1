using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RemoteRendering.Sessions.Service.Hosting;
using RemoteRendering.Sessions.Service.Rest;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service;

/// <summary>Serves a <see cref="RenderingService"/> in ASP.NET Core.</summary>
public static class RenderingServiceEndpointExtensions
{
    /// <summary>
    /// Maps the addresses of the token service and of all generations of the session service: everything below <c>/accounts/</c> and
    /// <c>/v1/accounts/</c>.
    /// </summary>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="service">The service.</param>
    /// <returns>The endpoints, for more settings.</returns>
    /// <remarks>
    /// Clients expect these addresses at the root of the server: a path base or the prefix of a group does not work. Links in answers have
    /// the scheme and the host of the request; behind a proxy, use the forwarded headers of ASP.NET Core. Requests and answers carry
    /// secrets: anything but loopback needs HTTPS.
    /// </remarks>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IEndpointConventionBuilder MapRemoteRenderingService(this IEndpointRouteBuilder endpoints, RenderingService service)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(service);
        RequestDelegate serve = context => ServeAsync(context, service);
        RouteGroupBuilder group = endpoints.MapGroup(string.Empty);
        group.Map("/accounts/{**rest}", serve);
        group.Map("/v1/accounts/{**rest}", serve);
        return group;
    }

    private static async Task ServeAsync(HttpContext context, RenderingService service)
    {
        try
        {
            ServiceRequest request = await ServiceHttp.ReadAsync(context, service.SocketTime).ConfigureAwait(false);
            RouteMatch match = RouteTable.Match(request.Method, request.Target);
            ServiceResponse response = request.IsTooSlow
                ? service.Rest.RefuseSlowBody(match)
                : await service.Rest.HandleAsync(match, request, service.Ledger, context.RequestAborted).ConfigureAwait(false);
            await ServiceHttp.WriteAsync(context, request, response, response.Body).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is no connection to answer on.
            context.Abort();
        }
    }
}
