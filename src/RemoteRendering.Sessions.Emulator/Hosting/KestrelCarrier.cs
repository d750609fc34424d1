using Microsoft.AspNetCore.Http;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Protocol.Http;
using RemoteRendering.Sessions.Service.Hosting;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>Carries HTTP requests and WebSockets from the server to the emulator.</summary>
internal sealed class KestrelCarrier(ServiceFront front, RenderingHost host, HostFaults faults, TimeProvider socketTime)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (context.WebSockets.IsWebSocketRequest && context.Request.Path == "/")
            {
                await AcceptLinkAsync(context).ConfigureAwait(false);
                return;
            }

            ServiceRequest request = await ServiceHttp.ReadAsync(context, socketTime).ConfigureAwait(false);
            EmulatedReply reply = request.IsTooSlow
                ? front.TimeOut(request)
                : await front.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
            if (reply.Response is not { } answer)
            {
                context.Abort();
                return;
            }

            // Fewer bytes than announced: the server closes the connection in order. Aborting it would take back what has been sent.
            ReadOnlyMemory<byte> body = reply.IsTruncated ? answer.Body[..(answer.Body.Length / 2)] : answer.Body;
            await ServiceHttp.WriteAsync(context, request, answer, body).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the emulator is going.
            context.Abort();
        }
    }

    private async Task AcceptLinkAsync(HttpContext context)
    {
        if (faults.RefuseUpgrade() is { } refusal)
        {
            context.Response.StatusCode = refusal.StatusCode;
            if (refusal.StatusCode == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = BearerToken.Invalid;
            }

            if (refusal.RetryAfter is { } wait)
            {
                context.Response.Headers.RetryAfter = RetryAfterSeconds.Write(wait);
            }

            return;
        }

        await context.ServeRemoteRenderingLinkAsync(host, faults.Decorate).ConfigureAwait(false);
    }
}
