using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <summary>
/// Keeps sessions ready, so that one can be had in milliseconds instead of minutes. Each is handed out once; whoever takes it owns it, and stops it. The pool tops itself up in the
/// background, up to a cost cap. Thread-safe.
/// </summary>
/// <remarks>
/// Sessions in a pool cost from the moment they are ready. Disposing the pool stops those that nobody took. After a sleep of this machine or a step of its clock, and when the service refuses to say how a session is, the
/// pool asks about each before it hands it out; none is stopped for that alone.
/// </remarks>
public partial class RenderingSessionPool : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly RemoteRenderingClient _client = null!;
    private readonly RenderingSessionPoolOptions _options = null!;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ILogger _logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
    private readonly Func<double> _random = JitterSource.Next;
    private readonly PoolBudget _budget = null!;
    private readonly WakeSignal _wake = null!;
    private readonly CancellationTokenSource _stop = new();
    private readonly LinkedList<TaskCompletionSource<PooledSession>> _takers = new();
    private readonly Queue<PooledSession> _ready = new();
    private readonly HashSet<Task> _work = [];
    private readonly Task _loop = Task.CompletedTask;
    private Task? _disposal;

    /// <summary>Creates a pool, which begins at once to fill itself.</summary>
    /// <param name="client">The client that makes the sessions.</param>
    /// <param name="options">What to keep ready, and what it may cost.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The numbers of the options do not fit each other; the message prints them.</exception>
    public RenderingSessionPool(RemoteRenderingClient client, RenderingSessionPoolOptions options)
    {
        Guard.NotNull(client, nameof(client));
        Guard.NotNull(options, nameof(options));
        _client = client;
        _options = options.Checked(nameof(options));
        _time = client.TimeProvider;
        _logger = client.Logger.CreateLogger<RenderingSessionPool>();
        _budget = new PoolBudget(_options.MaxTotalLeaseTime, LeaseMinutes.Granted(_options.MaxLeaseTime));
        _wake = new WakeSignal(_time);
        _loop = BackgroundWork.Start(RunAsync);
    }

    /// <summary>Creates a pool for a test double to derive from.</summary>
    protected RenderingSessionPool()
    {
    }

    /// <summary>Gets how many sessions could be handed out now. Those about which the service must be asked first, as after a sleep of this machine, do not count.</summary>
    public virtual int ReadyCount
    {
        get
        {
            lock (_gate)
            {
                return _ready.Count(pooled => pooled.StateFor(_options.MinRemaining!.Value) == PooledSessionState.Good);
            }
        }
    }

    /// <summary>Gets how many sessions are being started.</summary>
    public virtual int StartingCount
    {
        get
        {
            lock (_gate)
            {
                return _starting;
            }
        }
    }

    /// <summary>Gets how much lease has been bought so far, see <see cref="RenderingSessionPoolOptions.MaxTotalLeaseTime"/>. Sessions that were handed out count with the lease the pool gave them.</summary>
    public virtual TimeSpan Spent
    {
        get
        {
            lock (_gate)
            {
                return _budget.Spent;
            }
        }
    }

    /// <summary>
    /// Takes a session, for the caller alone: at once when one is ready, else the next that becomes ready, first come first served. The client's
    /// <see cref="RemoteRenderingClientOptions.SessionStore"/> remembers it as the last one used.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; a session that was meant for the caller goes to the next. While the store is at work the session is the caller's already: then it ends the wait for the store alone.</param>
    /// <returns>A session that is ready. It is the caller's to stop, and to dispose.</returns>
    /// <exception cref="RenderingSessionPoolExhaustedException">None is ready, starting or being asked about, and the cost cap allows no other.</exception>
    /// <exception cref="Azure.RequestFailedException">None is ready, starting or being asked about, and the service refused the last start for good: 401, 403, 400 or another answer that does not pass by itself. The pool goes on trying, with pauses of up to a minute, so that a later call may succeed.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed.</exception>
    public virtual async Task<RenderingSession> TakeAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = _time.GetTimestamp();
        PooledSession pooled = await TakePooledAsync(cancellationToken).ConfigureAwait(false);
        PoolTelemetry.Queued(_time.GetElapsedTime(start));
        LogTaken(_logger, pooled.Session.SessionUuid);
        pooled.Dispose();
        _wake.Set();
        return await _client.RememberAsync(pooled.Session, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the pool: nothing more is started, those who wait fail, and every session that nobody took is stopped. Idempotent.</summary>
    /// <returns>A task that completes when all of it is done. What could not be stopped is in the log.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        lock (_gate)
        {
            return new ValueTask(_disposal ??= BackgroundWork.StartForCaller(DisposeOnceAsync));
        }
    }

    /// <summary>Gets a value indicating whether nothing is to be done until time passes or something is heard, requests under way apart.</summary>
    internal bool IsResting => _wake.IsWaiting && (!_client.Observer.IsRunning || _client.Observer.IsResting);

    private async Task<PooledSession> TakePooledAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource<PooledSession>> node;
        lock (_gate)
        {
            ThrowIfDisposed_NeedsLock();
            PooledSession? ready = _takers.Count == 0 ? TakeReady_NeedsLock() : null;
            if (ready is not null)
            {
                return ready;
            }

            _wake.Set();
            ThrowIfExhausted_NeedsLock();
            ThrowIfRefused_NeedsLock();
            node = _takers.AddLast(new TaskCompletionSource<PooledSession>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        using CancellationTokenRegistration registration = cancellationToken.Register(static state => ((TaskCompletionSource<PooledSession>)state!).TrySetCanceled(), node.Value);
        try
        {
            return await node.Value.Task.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                if (node.List is not null)
                {
                    _takers.Remove(node);
                }
            }
        }
    }

    private PooledSession? TakeReady_NeedsLock()
    {
        int count = _ready.Count;
        for (int i = 0; i < count; i++)
        {
            PooledSession pooled = _ready.Dequeue();
            if (pooled.StateFor(_options.MinRemaining!.Value) == PooledSessionState.Good)
            {
                return pooled;
            }

            // The loop finds it there, and sees to it.
            _ready.Enqueue(pooled);
        }

        return null;
    }

    private void ThrowIfExhausted_NeedsLock()
    {
        if (!_budget.Allows && Coming_NeedsLock() <= _takers.Count)
        {
            throw new RenderingSessionPoolExhaustedException(
                $"The pool has bought leases of {_budget.Spent} in all; one more of {_options.MaxLeaseTime} would pass its cap of {_options.MaxTotalLeaseTime}.");
        }
    }

    private void ThrowIfDisposed_NeedsLock()
    {
        if (_disposal is not null)
        {
            throw Disposed();
        }
    }

    private static ObjectDisposedException Disposed() => new(nameof(RenderingSessionPool));
}
