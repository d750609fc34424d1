namespace RemoteRendering.Sessions.Emulator;

/// <summary>One request of a binding, from its first arrival to its answer.</summary>
internal sealed class HostRequest(HostSession session, HostBinding binding, long id, string method, ReadOnlyMemory<byte> parameters)
{
    private readonly object _gate = new();
    private CancellationTokenSource? _cancellation;
    private bool _isCancelled;

    public HostSession Session => session;

    public HostBinding Binding => binding;

    public long Id => id;

    public string Method => method;

    /// <summary>Gets the raw JSON of the parameters; empty when there are none.</summary>
    public ReadOnlyMemory<byte> Parameters => parameters;

    /// <summary>Gets or sets whether it has been started. Belongs to the session's lock.</summary>
    public bool HasStarted { get; set; }

    /// <summary>Gets a token that is cancelled when the client cancels the request or its binding ends.</summary>
    public CancellationToken CancellationToken
    {
        get
        {
            lock (_gate)
            {
                // Most requests never ask: they end before anything could cancel them.
                _cancellation ??= new CancellationTokenSource();
                if (_isCancelled)
                {
                    _cancellation.Cancel();
                }

                return _cancellation.Token;
            }
        }
    }

    public void Cancel()
    {
        CancellationTokenSource? cancellation;
        lock (_gate)
        {
            _isCancelled = true;
            cancellation = _cancellation;
        }

        cancellation?.Cancel();
    }
}
