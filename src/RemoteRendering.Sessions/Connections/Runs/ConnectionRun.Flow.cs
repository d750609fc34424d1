using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>The main task of a run, from the first attempt to the last.</summary>
internal sealed partial class ConnectionRun
{
    private bool _hostSaidEnd;

    private void Begin()
    {
        try
        {
            _leftovers.Add(BackgroundWork.Start(RunAsync));
        }
        catch (Exception exception)
        {
            Break(exception);
            _over.TrySetResult(true);
        }
    }

    private void Break(Exception exception)
    {
        try
        {
            ConnectionLog.RunFailed(_environment.Logger, exception, _environment.SessionId);
        }
        finally
        {
            Fire(ConnectionTrigger.ProtocolBroken, new ConnectionCause(RenderingConnectionReason.InternalError, exception));
        }
    }

    private async Task RunAsync()
    {
        IAsyncDisposable? watch = null;
        try
        {
            watch = _environment.WatchLease();
            WatchNetwork();
            await RunUntilOverAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The controller already has the reason the run was stopped.
        }
        catch (Exception exception)
        {
            Break(exception);
        }
        finally
        {
            Stop();
            LeaveNetwork();
            if (watch is not null)
            {
                _leftovers.Add(watch.DisposeAsync().AsTask());
            }

            _leftovers.Add(ConfirmEndAsync());
            _over.TrySetResult(true);
        }
    }

    private async Task RunUntilOverAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Tell(nextAttemptOn: null);
            ConnectionFailure? failure = await TryAttachAsync().ConfigureAwait(false);
            if (failure is null)
            {
                failure = await ServeAsync().ConfigureAwait(false);
                if (failure is null)
                {
                    return;
                }
            }
            else
            {
                if (failure.Final is null && !Fire(ConnectionTrigger.AttemptFailed, failure.Cause))
                {
                    return;
                }

                _planner.OnAttemptFailed(failure);
                LookAfter(failure);
                RenderingConnectionException error = failure.ToException();
                ConnectionLog.AttemptFailed(_environment.Logger, error, _planner.Attempts + 1, _environment.SessionId, failure.Reason);
                ConnectionTelemetry.AttemptFailed(failure.Reason);
            }

            if (!await PrepareNextAsync(failure).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Serves the present link until it ends.</summary>
    /// <returns>The failure with which it ended; <see langword="null"/> when the run is over.</returns>
    private async Task<ConnectionFailure?> ServeAsync()
    {
        HostLink link = _link!;
        BindAnswer answer = _binding.Answer!;
        bool sceneKept = _bindings > 1 && answer.SceneKept;
        var cause = new ConnectionCause(
            _bindings == 1 || sceneKept ? RenderingConnectionReason.Success : RenderingConnectionReason.SceneLost, sceneKept: sceneKept);
        _planner.OnBound();
        _backoff.Reset();
        _lastFailure = null;
        Tell(nextAttemptOn: null);
        if (!Fire(ConnectionTrigger.LinkBound, cause))
        {
            link.End(new ConnectionFailure(null, RenderingConnectionReason.Cancelled, "The connection has ended."), HostCloseCode.Normal);
            return null;
        }

        ConnectionLog.Bound(_environment.Logger, _environment.SessionId, answer.Epoch, answer.Link, answer.SceneKept);
        link.Serve(answer, _announced);
        _established.TrySetResult(true);
        ConnectionFailure failure = await link.Completion.ConfigureAwait(false);
        _planner.OnLost(link.LastReceived, answer);
        if (failure.Final is not null)
        {
            return failure;
        }

        if (!Fire(ConnectionTrigger.LinkLost, failure.Cause))
        {
            return null;
        }

        ConnectionTelemetry.LinkLost(failure.Reason);
        return failure;
    }

    /// <summary>Plans the next attempt, and waits for its time.</summary>
    /// <returns>False when there is none.</returns>
    private async Task<bool> PrepareNextAsync(ConnectionFailure failure)
    {
        if (failure.Reason == RenderingConnectionReason.AuthenticationFailed)
        {
            _environment.RefuseToken();
        }

        _lastFailure = failure.ToException();
        ReconnectPlan plan = await PlanNextAsync(failure).ConfigureAwait(false);
        if (plan.Stop is { } stop)
        {
            // The plan may have its own reason to stop, with the last failure as its cause: the error then contains both.
            ConnectionFailure last = plan.Failure;
            Tell(nextAttemptOn: null);
            bool isNews = Fire(stop, last.Cause);
            _hostSaidEnd = isNews && stop is ConnectionTrigger.HostLeft or ConnectionTrigger.HostRefused;
            return false;
        }

        ConnectionLog.Backoff(_environment.Logger, _environment.SessionId, plan.Delay);
        Task waiting = plan.Delay > TimeSpan.Zero ? _backoff.WaitAsync(plan.Delay, _stop.Token) : Task.CompletedTask;
        Tell(_environment.Time.GetUtcNow() + plan.Delay);
        Report();
        await waiting.ConfigureAwait(false);

        // The budget applies even if the application or the network ends the wait early.
        if (_planner.BudgetWait is { } rest && rest > TimeSpan.Zero)
        {
            waiting = _environment.Time.DelayAsync(rest, _stop.Token);
            Tell(_environment.Time.GetUtcNow() + rest);
            await waiting.ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>
    /// Plans the next attempt. The reconnect policy is code of the application, which may block: it gets the time of an attempt.
    /// </summary>
    private async Task<ReconnectPlan> PlanNextAsync(ConnectionFailure failure)
    {
        bool isHurried = TakeHurry();
        using CancellationTokenSource timeout = _environment.Time.CreateTimeout(_options.AttemptTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stop.Token);
        try
        {
            return await ForeignCall.RunAsync(_ => Task.FromResult(_planner.Next(failure, isHurried)), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            // The planner is not used any more: the policy may return at any moment.
            return ReconnectPlanner.EndWithoutPolicy(failure, $"did not return within {_options.AttemptTimeout}.");
        }
    }

    private void Tell(DateTimeOffset? nextAttemptOn)
        => Volatile.Write(
            ref _progress,
            _lastFailure is null && nextAttemptOn is null
                ? RenderingConnectionProgress.None
                : new RenderingConnectionProgress(_planner.FailedAttempts, _lastFailure, nextAttemptOn));

    /// <summary>Reports the progress as a callback of the application, which delays no attempt.</summary>
    private void Report()
    {
        if (_options.Progress is { } listener)
        {
            RenderingConnectionProgress progress = Progress;
            _controller.Post(PumpCallbacks, () => listener.Report(progress));
        }
    }
}
