using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Service.Hosting;

/// <summary>Reads requests of the service from ASP.NET Core, and writes its answers.</summary>
internal static class ServiceHttp
{
    /// <summary>How long a body may take from its first byte to its last: it has 64 KiB at most.</summary>
    public static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Reads a request. One whose body takes longer than <see cref="BodyTimeout"/> is marked as too slow.</summary>
    /// <param name="context">The request.</param>
    /// <param name="socketTime">The clock for the body.</param>
    public static async Task<ServiceRequest> ReadAsync(HttpContext context, TimeProvider socketTime)
    {
        HttpRequest request = context.Request;
        (ReadOnlyMemory<byte>? body, bool isTooSlow) =
            await ReadBodyAsync(request, socketTime, context.RequestAborted).ConfigureAwait(false);
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

    /// <summary>Writes an answer. The connection of a request that was too slow is closed after it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">The request, as it was read.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">What is sent of its body: all of it, or less than is announced, so that the server closes the connection.</param>
    public static async Task WriteAsync(HttpContext context, ServiceRequest request, ServiceResponse answer, ReadOnlyMemory<byte> body)
    {
        HttpResponse response = context.Response;
        if (request.IsTooSlow)
        {
            response.Headers.Connection = "close";
        }

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
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static string Target(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        return target.StartsWith('/') || !Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute) ? target : absolute.PathAndQuery;
    }

    private static string? Single(StringValues values) => values.Count == 0 ? null : values.ToString();

    private static async ValueTask<(ReadOnlyMemory<byte>? Body, bool IsTooSlow)> ReadBodyAsync(
        HttpRequest request, TimeProvider socketTime, CancellationToken cancellationToken)
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
}
