using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pooling;

namespace RemoteRendering.Sessions;

/// <summary>
/// Keeps sessions ready, so that a caller gets one in milliseconds instead of minutes. Each session is handed out once; the caller that
/// takes it owns it and must stop it. The pool replaces sessions in the background, up to a cost cap. Thread-safe.
/// </summary>
/// <remarks>
/// Sessions in a pool are billed from the moment they are ready. Disposing the pool stops the sessions that were not taken. After a sleep
/// of this machine or a step of its clock, and when a watch of a session is refused, the pool reads the session before it hands it out. It
/// does not stop a session for that reason alone.
/// </remarks>
/// <example>
/// <code>
/// var options = new RenderingSessionPoolOptions(
///     readySessions: 2, maxLeaseTime: TimeSpan.FromMinutes(30), maxTotalLeaseTime: TimeSpan.FromHours(8));
/// await using var pool = new RenderingSessionPool(client, options);
/// RenderingSession session = await pool.TakeAsync();
/// </code>
/// </example>
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

    /// <summary>Creates a pool, which immediately starts sessions.</summary>
    /// <param name="client">The client that creates the sessions.</param>
    /// <param name="options">The number of sessions, their lease and the cost cap.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The values of the options contradict each other; the message contains them.</exception>
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

    /// <summary>Creates a pool, for test doubles that derive from this class.</summary>
    protected RenderingSessionPool()
    {
    }

    /// <summary>
    /// Gets the number of sessions that can be handed out now. Sessions that must be read first, for example after a sleep of this machine,
    /// do not count.
    /// </summary>
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

    /// <summary>Gets the number of sessions that are being started.</summary>
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

    /// <summary>
    /// Gets the lease time bought so far, see <see cref="RenderingSessionPoolOptions.MaxTotalLeaseTime"/>. Sessions that were handed out
    /// count with the lease that the pool gave them.
    /// </summary>
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
    /// Takes a session out of the pool. Returns immediately when one is ready; otherwise waits for the next one, in the order of the calls.
    /// The <see cref="RemoteRenderingClientOptions.SessionStore"/> of the client saves it as the last session used.
    /// </summary>
    /// <param name="cancellationToken">
    /// Cancels the wait; the session then goes to the next caller. While the store saves, the session already belongs to the caller, and
    /// only the wait for the store is cancelled.
    /// </param>
    /// <returns>A session that is ready. The caller must stop and dispose it.</returns>
    /// <exception cref="RenderingSessionPoolExhaustedException">
    /// No session is ready, starting or being read, and the cost cap allows no other.
    /// </exception>
    /// <exception cref="Azure.RequestFailedException">
    /// No session is ready, starting or being read, and the service refused the last start permanently (400, 401, 403 or another answer
    /// that is not transient). The pool continues to try, with pauses of up to a minute, so a later call may succeed.
    /// </exception>
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

    /// <summary>
    /// Ends the pool: it starts no more sessions, waiting callers get an exception, and every session that was not taken is stopped.
    /// Idempotent.
    /// </summary>
    /// <returns>A task that completes when all sessions are stopped. Sessions that could not be stopped are logged.</returns>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        lock (_gate)
        {
            return new ValueTask(_disposal ??= BackgroundWork.StartForCaller(DisposeOnceAsync));
        }
    }

    /// <summary>
    /// Gets a value indicating whether the pool is idle until time passes or an answer arrives, except for requests in flight.
    /// </summary>
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

        using CancellationTokenRegistration registration =
            cancellationToken.Register(static state => ((TaskCompletionSource<PooledSession>)state!).TrySetCanceled(), node.Value);
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

            // The loop finds it there and hands it out.
            _ready.Enqueue(pooled);
        }

        return null;
    }

    private void ThrowIfExhausted_NeedsLock()
    {
        if (!_budget.Allows && Coming_NeedsLock() <= _takers.Count)
        {
            throw new RenderingSessionPoolExhaustedException(
                $"The pool has bought leases of {_budget.Spent} in total; another one of {_options.MaxLeaseTime} would exceed its cap of "
                    + $"{_options.MaxTotalLeaseTime}.");
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
