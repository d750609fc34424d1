using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>
/// Owns the connection state of one session handle: applies triggers by the table, numbers the changes, keeps the newest ones, and runs
/// effects and publishes changes in order and outside its lock.
/// </summary>
/// <remarks>
/// All observable state comes from here, so that it is consistent. A trigger contains its run: a trigger of a run that has ended is
/// ignored, so that a connection ends exactly once, for any order of its causes.
/// </remarks>
internal sealed class ConnectionController(TimeProvider time, ObserverQueue observers, ILogger logger)
{
    private readonly object _lock = new();
    private readonly ConnectionHistory _history = new();
    private readonly Queue<Effect> _effects = new(4);
    private IConnectionRun? _run;
    private TaskCompletionSource<bool>? _changed;
    private ConnectionStatus _status;
    private bool _applying;

    /// <summary>Gets the status. It is never older than any change that has been reported.</summary>
    public ConnectionStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <summary>Gets the present run and its status.</summary>
    public (IConnectionRun? Run, ConnectionStatus Status) Current
    {
        get
        {
            lock (_lock)
            {
                return (_run, _status);
            }
        }
    }

    /// <summary>Starts a run, if there is none.</summary>
    /// <param name="run">The new run.</param>
    /// <returns>The row that applies.</returns>
    public ConnectionTransition Begin(IConnectionRun run)
    {
        ConnectionTransition row;
        lock (_lock)
        {
            row = ConnectionTransitionTable.Decide(_status, ConnectionTrigger.ConnectRequested);
            if (row.Verdict == ConnectionVerdict.Changed)
            {
                run.Span.First = _history.Newest + 1;
                _run = run;
                Accept_NeedsLock(row, default);
            }
        }

        ApplyEffects();
        return row;
    }

    /// <summary>Applies a trigger of a run. A trigger of another run than the present one is ignored.</summary>
    public ConnectionTransition Fire(IConnectionRun run, ConnectionTrigger trigger, in ConnectionCause cause)
    {
        ConnectionTransition row;
        lock (_lock)
        {
            if (!ReferenceEquals(run, _run))
            {
                return ConnectionTransitionTable.Decide(ConnectionStatus.Disconnected, trigger);
            }

            row = ConnectionTransitionTable.Decide(_status, trigger);
            if (row.Verdict is ConnectionVerdict.Changed or ConnectionVerdict.Kept or ConnectionVerdict.Noted)
            {
                Accept_NeedsLock(row, cause);
            }
        }

        if (row.Verdict == ConnectionVerdict.Ignored)
        {
            ConnectionLog.TriggerIgnored(logger, trigger, row.From);
        }

        ApplyEffects();
        return row;
    }

    /// <summary>Reads the next change of a run, and waits for it if there is none yet.</summary>
    /// <returns>The change; <see langword="null"/> when the last one of the run has been read.</returns>
    public async ValueTask<RenderingConnectionChange?> ReadNextAsync(ConnectionSpan span, long after, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_lock)
            {
                if (after >= span.Last)
                {
                    return null;
                }

                if (_history.TryGetAfter(Math.Max(after, span.First - 1), out RenderingConnectionChange change))
                {
                    // The run keeps its last change, for any number of later changes of the session.
                    return change.Number > span.Last ? span.LastChange : change;
                }

                changed = WhenChanged_NeedsLock();
            }

            await changed.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits until a run has a change with a number greater than the given one, or has ended, and returns its newest change.
    /// </summary>
    public async Task<RenderingConnectionChange> WaitForChangeAsync(ConnectionSpan span, long lastSeen, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task changed;
            lock (_lock)
            {
                if (span.IsOver)
                {
                    return span.LastChange;
                }

                if (_history.Newest > lastSeen)
                {
                    return _history.Last;
                }

                changed = WhenChanged_NeedsLock();
            }

            await changed.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the newest change of a run.</summary>
    public RenderingConnectionChange GetNewest(ConnectionSpan span)
    {
        lock (_lock)
        {
            return span.IsOver ? span.LastChange : _history.Last;
        }
    }

    /// <summary>Runs a callback of the application in order with the other callbacks.</summary>
    public void Post(bool pumped, Action callback) => observers.Post(pumped, callback);

    private Task<bool> WhenChanged_NeedsLock()
    {
        _changed ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _changed.Task;
    }

    private void Accept_NeedsLock(ConnectionTransition row, in ConnectionCause cause)
    {
        IConnectionRun run = _run!;
        RenderingConnectionChange change = default;
        if (row.Verdict is ConnectionVerdict.Changed or ConnectionVerdict.Noted)
        {
            RenderingConnectionReason reason = row.Reason ?? cause.Reason;
            ConnectionCause told = row.To is ConnectionStatus.Reconnecting or ConnectionStatus.Disconnected
                ? cause.Explained(reason)
                : cause;
            change = new RenderingConnectionChange(_history.Newest + 1, row.From, row.To, reason, told, time.GetUtcNow());
            _history.Append(change);
            _status = row.To;
            if (change.IsTerminal)
            {
                run.Span.Close(change);
                _run = null;
            }

            observers.Enqueue(run, change);
            _changed?.TrySetResult(true);
            _changed = null;
        }

        _effects.Enqueue(new Effect(run, row.Effects, change));
    }

    /// <summary>Applies the queued effects; if another thread is draining the queue, it takes these too.</summary>
    private void ApplyEffects()
    {
        lock (_lock)
        {
            if (_applying)
            {
                return;
            }

            _applying = true;
        }

        while (true)
        {
            Effect effect;
            lock (_lock)
            {
                if (_effects.Count == 0)
                {
                    _applying = false;
                    return;
                }

                effect = _effects.Dequeue();
            }

            try
            {
                Apply(effect);
            }
            catch (Exception exception)
            {
                // An effect that throws is a bug, but must not prevent the effects after it.
                LogFailure(exception, effect.Effects);
            }
        }
    }

    private void LogFailure(Exception exception, ConnectionEffects effects)
    {
        try
        {
            ConnectionLog.EffectFailed(logger, exception, effects);
        }
        catch (Exception)
        {
            // An exception from a logger cannot be reported anywhere.
        }
    }

    private void Apply(in Effect effect)
    {
        RenderingConnectionChange change = effect.Change;
        try
        {
            if (change.Number > 0)
            {
                ConnectionLog.Changed(logger, change.Error, change.Number, change.OldStatus, change.Status, change.Reason);
                effect.Run.Log(change);
            }
        }
        finally
        {
            ApplyAndEnd(effect);
        }
    }

    /// <summary>Applies the effect and completes the end of the run, even if the effect throws.</summary>
    private static void ApplyAndEnd(in Effect effect)
    {
        try
        {
            effect.Run.Apply(effect.Effects);
        }
        finally
        {
            if (effect.Change.IsTerminal)
            {
                effect.Run.End(effect.Change);
            }
        }
    }

    private readonly struct Effect(IConnectionRun run, ConnectionEffects effects, RenderingConnectionChange change)
    {
        public IConnectionRun Run => run;

        public ConnectionEffects Effects => effects;

        public RenderingConnectionChange Change => change;
    }
}
