using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>Refuses to read more than a session service has to say: a page of a list is some tens of kilobytes.</summary>
internal sealed class BoundedResponsePolicy : HttpPipelinePolicy
{
    public const int MaxBytes = 16 * 1024 * 1024;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        Bound(message);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        Bound(message);
    }

    private static void Bound(HttpMessage message)
    {
        Stream? body = message.Response.ContentStream;
        if (body is null or MemoryStream)
        {
            return;
        }

        if (message.Response.Headers.TryGetValue("Content-Length", out string? text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            // The transport gives no more than the announced length.
            if (length > MaxBytes)
            {
                throw BoundedStream.TooLong();
            }

            return;
        }

        message.Response.ContentStream = new BoundedStream(body, MaxBytes);
    }
}
