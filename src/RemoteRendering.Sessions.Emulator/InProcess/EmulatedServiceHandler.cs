using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Service.Rest.Messages;

namespace RemoteRendering.Sessions.Emulator.InProcess;

/// <summary>Carries HTTP requests to the emulator in the same process, without sockets.</summary>
internal sealed class EmulatedServiceHandler(ServiceFront front) : HttpMessageHandler
{
    private const string Hostname = "localhost";

    /// <summary>For clients that block. Nothing in here needs the blocked thread to go on.</summary>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        => SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        Uri uri = request.RequestUri is { IsAbsoluteUri: true } absolute
            ? absolute
            : throw new InvalidOperationException("The request must have an absolute address.");
        var arrived = new ServiceRequest
        {
            Method = request.Method.Method,
            Target = uri.PathAndQuery,
            Scheme = uri.Scheme,
            Authority = uri.Authority,
            SessionHostname = Hostname,
            SessionPort = 0,
            Authorization = Header(request, "Authorization"),
            ContentType = request.Content is null ? null : ContentType(request.Content),
            Body = await ReadBodyAsync(request.Content, cancellationToken).ConfigureAwait(false),
        };

        EmulatedReply reply;
        try
        {
            reply = await front.SendAsync(arrived, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The emulator has been disposed.", exception);
        }

        return reply.Response is { } response ? ToMessage(request, response, reply.IsTruncated) : throw Cut();
    }

    private static HttpRequestException Cut()
    {
        const string Message = "The response ended prematurely.";
        return new HttpRequestException(
            HttpRequestError.ResponseEnded, Message, new HttpIOException(HttpRequestError.ResponseEnded, Message));
    }

    private static string? Header(HttpRequestMessage request, string name)
        => request.Headers.NonValidated.TryGetValues(name, out System.Net.Http.Headers.HeaderStringValues values)
            ? values.ToString()
            : null;

    private static string? ContentType(HttpContent content)
        => content.Headers.NonValidated.TryGetValues("Content-Type", out System.Net.Http.Headers.HeaderStringValues values)
            ? values.ToString()
            : null;

    private static async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null)
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        byte[] body = await content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return body.Length <= ServiceRequest.MaxBodyBytes ? body : null;
    }

    /// <summary>
    /// Content whose stream is a <see cref="MemoryStream"/>: Azure.Core takes every other stream that can seek for one it need not buffer,
    /// and then cannot read it.
    /// </summary>
    private static ByteArrayContent ToContent(ReadOnlyMemory<byte> body)
        => MemoryMarshal.TryGetArray(body, out ArraySegment<byte> bytes) && bytes.Array is not null
        ? new ByteArrayContent(bytes.Array, bytes.Offset, bytes.Count)
        : new ByteArrayContent(body.ToArray());

    private static HttpResponseMessage ToMessage(HttpRequestMessage request, ServiceResponse response, bool isTruncated)
    {
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Version = request.Version,
            Content = isTruncated ? new TruncatedContent(response.Body) : ToContent(response.Body),
        };
        foreach (KeyValuePair<string, string> header in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(header.Key, header.Value))
            {
                message.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        if (!response.Body.IsEmpty)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Type", ServiceResponse.ContentType);
        }

        if (response.Status != (int)HttpStatusCode.NoContent)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Length", response.Body.Length.ToString(CultureInfo.InvariantCulture));
        }

        return message;
    }
}
