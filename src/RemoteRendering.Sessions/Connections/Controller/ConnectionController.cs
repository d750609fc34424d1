using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>
/// Owns the connection state of one session handle: applies triggers by the table, numbers the changes, keeps the newest, and hands effects and changes on, in order and outside its lock.
/// </summary>
/// <remarks>
/// Everything that can be observed comes from here, so that it cannot disagree. A trigger names the run it belongs to: one that comes from a run that has ended is
/// ignored, which is what makes the end of a connection happen once, whoever notices it first.
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

    /// <summary>Gets the run that is under way, with the status it is in.</summary>
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

    /// <summary>Begins a run, if there is none.</summary>
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

    /// <summary>Applies a trigger of a run. One that comes from a run that is not the present one is ignored.</summary>
    public ConnectionTransition Fire(IConnectionRun run, ConnectionTrigger trigger, in ConnectionCause cause)
    {
        ConnectionTransition row;
        lock (_lock)
        {
            if (!ReferenceEquals(run, _run))
            {
#if SABOTAGE
                if (Sabotage.Breaks("M04") && trigger is ConnectionTrigger.HostLeft or ConnectionTrigger.SessionEnded)
                {
                    observers.Enqueue(run, run.Span.LastChange);
                }
#endif
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

    /// <summary>Reads the next change of a run, waiting for it if need be.</summary>
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
                    // The last change of a run is kept with the run, however much has happened to the session since.
                    return change.Number > span.Last ? span.LastChange : change;
                }

                changed = WhenChanged_NeedsLock();
            }

            await changed.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until a run has a change with a number above the one given, or has ended, and returns its newest change.</summary>
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

    /// <summary>Runs a callback of the application where, and in the order in which, the others run.</summary>
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
            ConnectionCause told = row.To is ConnectionStatus.Reconnecting or ConnectionStatus.Disconnected ? cause.Explained(reason) : cause;
            change = new RenderingConnectionChange(_history.Newest + 1, row.From, row.To, reason, told, time.GetUtcNow());
            _history.Append(change);
            _status = row.To;
            if (change.IsTerminal)
            {
                run.Span.Close(change);
                _run = null;
            }

#if SABOTAGE
            if (!(Sabotage.Breaks("M16") && change.IsTerminal))
#endif
            observers.Enqueue(run, change);
            _changed?.TrySetResult(true);
            _changed = null;
        }

        _effects.Enqueue(new Effect(run, row.Effects, change));
    }

    /// <summary>Applies what is queued, unless somebody is at it: then that one goes on with it.</summary>
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
                // An effect is our own code: that it throws is a bug, but it must not stop those behind it.
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
            // A logger that throws has no place to say so.
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

    /// <summary>Whatever the effect throws, those who wait for the end of the run must hear of it.</summary>
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
