using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// The transport of both pipelines of a client. Limits the bytes and the time of reading an answer: a page of a list is some tens of
/// kilobytes. A transport that the user has not set is replaced by one with new connections when a request got no answer for some time or a
/// link was lost: TCP on the old connections has backed off, and they may stay unusable long after the network is back.
/// </summary>
internal sealed class ClientTransport(
    HttpPipelineTransport first, TimeProvider time, TimeSpan networkTimeout, LinkTrouble trouble,
    Func<HttpPipelineTransport>? renew) : HttpPipelineTransport
{
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The time without an answer after which the connection of a request is not used again: 1 second.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private TransportGeneration _current = new(first, isOwned: false, trouble.Losses);

    public override Request CreateRequest() => first.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The client supports asynchronous calls only.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        TransportGeneration used = Enter();
        long start = time.GetTimestamp();
        try
        {
            await used.Transport.ProcessAsync(message).ConfigureAwait(false);
        }
        catch (Exception) when (RetireIfSilent(used, start))
        {
            throw;
        }
        finally
        {
            Leave(used);
        }

        Bound(message);
    }

    private TransportGeneration Enter()
    {
        TransportGeneration? old = null;
        TransportGeneration current;
        lock (_gate)
        {
            if (renew is not null && _current.Losses != trouble.Losses)
            {
                old = Renew_NeedsLock(_current);
            }

            current = _current;
            current.Enter_NeedsLock();
        }

        old?.Dispose();
        return current;
    }

    private void Leave(TransportGeneration used)
    {
        bool isOver;
        lock (_gate)
        {
            isOver = used.Leave_NeedsLock();
        }

        if (isOver)
        {
            used.Dispose();
        }
    }

    /// <summary>
    /// Replaces the transport of a request that failed after a time without an answer, or that failed while a link is lost.
    /// </summary>
    /// <returns>Always <see langword="false"/>, so that the exception propagates.</returns>
    private bool RetireIfSilent(TransportGeneration used, long start)
    {
        if (renew is not null && (trouble.IsOn || time.GetElapsedTime(start) >= Silence))
        {
            lock (_gate)
            {
                if (_current == used)
                {
                    // The request on it is not over yet: the last request to end disposes it.
                    Renew_NeedsLock(used);
                }
            }
        }

        return false;
    }

    /// <returns>The old transport if it must be disposed.</returns>
    private TransportGeneration? Renew_NeedsLock(TransportGeneration old)
    {
        _current = new TransportGeneration(renew!(), isOwned: true, trouble.Losses);
        return old.Retire_NeedsLock() ? old : null;
    }

    private void Bound(HttpMessage message)
    {
        Stream? body = message.Response.ContentStream;
        if (body is null or MemoryStream)
        {
            return;
        }

        if (message.Response.Headers.TryGetValue("Content-Length", out string? text)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length) && length > MaxBytes)
        {
            throw BoundedStream.TooLong();
        }

        message.Response.ContentStream = new BoundedStream(body, MaxBytes, time, message.NetworkTimeout ?? networkTimeout);
    }
}
