namespace RemoteRendering.Sessions.DependencyInjection.Http;

/// <summary>
/// Replaces the handler that holds the connections after a request that got no answer for some time: TCP on these connections has backed
/// off, and they may stay unusable long after the network is back. The next try then uses new ones. A handler is disposed when its last
/// request has ended.
/// </summary>
/// <remarks>Its inner handler, for code that searches the primary one, is the first of them.</remarks>
internal sealed class RenewedHandler : DelegatingHandler
{
    /// <summary>The time without an answer after which the connection of a request is not used again: 1 second.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Func<HttpMessageHandler> _create;
    private readonly TimeProvider _time;
    private Generation _current;

    public RenewedHandler(Func<HttpMessageHandler> create, TimeProvider time)
        : base(create())
    {
        _create = create;
        _time = time;
        _current = new Generation(InnerHandler!);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Generation used = Enter();
        long start = _time.GetTimestamp();
        try
        {
            return await used.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (RetireIfSilent(used, start))
        {
            throw;
        }
        finally
        {
            Leave(used);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current.Invoker.Dispose();
        }

        base.Dispose(disposing);
    }

    private Generation Enter()
    {
        lock (_gate)
        {
            _current.Requests++;
            return _current;
        }
    }

    private void Leave(Generation used)
    {
        bool isOver;
        lock (_gate)
        {
            isOver = --used.Requests == 0 && used != _current;
        }

        if (isOver)
        {
            used.Invoker.Dispose();
        }
    }

    /// <returns>Always <see langword="false"/>, so that the exception propagates.</returns>
    private bool RetireIfSilent(Generation used, long start)
    {
        if (_time.GetElapsedTime(start) >= Silence)
        {
            lock (_gate)
            {
                _current = _current == used ? new Generation(_create()) : _current;
            }
        }

        return false;
    }

    private sealed class Generation(HttpMessageHandler handler)
    {
        public HttpMessageInvoker Invoker { get; } = new(handler);

        public int Requests { get; set; }
    }
}
