using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Http;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>Carries HTTP requests and WebSockets from the server to the emulator.</summary>
internal sealed class KestrelCarrier(ServiceFront front, RenderingHost host, HostFaults faults, TimeProvider socketTime)
{
    /// <summary>How long a body may take from its first byte to its last: it has 64 KiB at most.</summary>
    internal static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (context.WebSockets.IsWebSocketRequest && context.Request.Path == "/")
            {
                await AcceptLinkAsync(context).ConfigureAwait(false);
                return;
            }

            ServiceRequest request = await ReadAsync(context).ConfigureAwait(false);
            EmulatedReply reply = request.IsTooSlow ? front.TimeOut(request) : await front.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
            if (request.IsTooSlow)
            {
                context.Response.Headers.Connection = "close";
            }

            await WriteAsync(context, reply).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, or the emulator is going.
            context.Abort();
        }
    }

    private async Task<ServiceRequest> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        (ReadOnlyMemory<byte>? body, bool isTooSlow) = await ReadBodyAsync(request, context.RequestAborted).ConfigureAwait(false);
        IPAddress address = context.Connection.LocalIpAddress ?? IPAddress.Loopback;

        // HTTP/1.0 asks without a Host.
        HostString authority = request.Host.HasValue ? request.Host : new HostString(address.ToString(), context.Connection.LocalPort);
        return new ServiceRequest
        {
            Method = request.Method,
            Target = Target(context),
            Scheme = request.Scheme,
            Authority = authority.Value!,
            SessionHostname = IPAddress.IsLoopback(address) ? "127.0.0.1" : authority.Host,
            SessionPort = context.Connection.LocalPort,
            Authorization = Single(request.Headers.Authorization),
            ContentType = request.ContentType,
            Body = body,
            IsTooSlow = isTooSlow,
        };
    }

    private static string Target(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return target.StartsWith('/') || !Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) ? target : absolute.PathAndQuery;
    }

    private static string? Single(StringValues values) => values.Count == 0 ? null : values.ToString();

    private async ValueTask<(ReadOnlyMemory<byte>? Body, bool IsTooSlow)> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return (ReadOnlyMemory<byte>.Empty, false);
        }

        using var timeout = socketTime.CreateTimeout(BodyTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return (await ReadBodyAsync(request.Body, either.Token).ConfigureAwait(false), false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (ReadOnlyMemory<byte>.Empty, true);
        }
    }

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        byte[] chunk = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > ServiceRequest.MaxBodyBytes)
            {
                return null;
            }
        }

        return buffer.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, EmulatedReply reply)
    {
        if (reply.Response is not { } answer)
        {
            context.Abort();
            return;
        }

        HttpResponse response = context.Response;
        response.StatusCode = answer.Status;
        foreach (KeyValuePair<string, string> header in answer.Headers)
        {
            response.Headers.Append(header.Key, header.Value);
        }

        if (answer.Status != StatusCodes.Status204NoContent)
        {
            response.ContentLength = answer.Body.Length;
        }

        if (!answer.Body.IsEmpty)
        {
            response.ContentType = ServiceResponse.ContentType;
            // Fewer bytes than announced: the server closes the connection in order. Aborting it would take back what has been sent.
            int length = reply.IsTruncated ? answer.Body.Length / 2 : answer.Body.Length;
            await response.Body.WriteAsync(answer.Body[..length], context.RequestAborted).ConfigureAwait(false);
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
