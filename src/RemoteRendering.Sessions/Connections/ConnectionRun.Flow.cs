namespace RemoteRendering.Sessions;

/// <summary>The flow of a run: one task, from the first attempt to the last.</summary>
internal sealed partial class ConnectionRun
{
    /// <summary>How often at most the service is asked whether the session still has the address that does not answer.</summary>
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    private long? _refreshedAt;
    private bool _refresh;
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
            await RunUntilOverAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Whoever stopped the run has told the controller why.
        }
        catch (Exception exception)
        {
            Break(exception);
        }
        finally
        {
            Stop();
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

                ConnectionLog.AttemptFailed(_environment.Logger, failure.Error, _planner.Attempts + 1, _environment.SessionId, failure.Reason);
                ConnectionTelemetry.AttemptFailed(failure.Reason);
            }

            if (!await PrepareNextAsync(failure).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Serves the present link until it ends.</summary>
    /// <returns>Why it ended; <see langword="null"/> when the run is over.</returns>
    private async Task<ConnectionFailure?> ServeAsync()
    {
        HostLink link = _link!;
        BindAnswer answer = _binding.Answer!;
        bool sceneKept = _bindings > 1 && answer.SceneKept;
        var cause = new ConnectionCause(_bindings == 1 || sceneKept ? RenderingConnectionReason.Success : RenderingConnectionReason.SceneLost, sceneKept: sceneKept);
        _planner.OnBound();
        _backoff.Reset();
        if (!Fire(ConnectionTrigger.LinkBound, cause))
        {
            link.End(new ConnectionFailure(null, RenderingConnectionReason.Cancelled, "The connection has ended."), HostProtocol.CloseNormal);
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

        ConnectionLog.LinkLost(_environment.Logger, failure.Error, _environment.SessionId, failure.Reason);
        ConnectionTelemetry.LinkLost(failure.Reason);
        return failure;
    }

    /// <summary>Decides about the next attempt, and waits for its time.</summary>
    /// <returns>False when there is none.</returns>
    private async Task<bool> PrepareNextAsync(ConnectionFailure failure)
    {
        if (failure.Reason == RenderingConnectionReason.AuthenticationFailed)
        {
            _environment.RefuseToken();
        }

        ReconnectPlan plan = _planner.Next(failure);
        if (plan.Stop is { } stop)
        {
            // The plan may have its own reason not to go on, with the last failure behind it: then the error says both.
            ConnectionFailure last = plan.Failure;
            bool isNews = Fire(stop, new ConnectionCause(last.Reason, last.Error is RenderingConnectionException ? last.ToException() : last.Error, last.RetryAfter));
            _hostSaidEnd = isNews && stop is ConnectionTrigger.HostLeft or ConnectionTrigger.HostRefused;
            return false;
        }

        ConnectionLog.Backoff(_environment.Logger, _environment.SessionId, plan.Delay);
        if (plan.Delay > TimeSpan.Zero)
        {
            await _backoff.WaitAsync(plan.Delay, _stop.Token).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Lets the session find out that it has ended. The connection is over before that, and whoever waits for it does not wait for the service.</summary>
    private async Task ConfirmEndAsync()
    {
        if (!_hostSaidEnd || Span.LastChange.Reason is not (RenderingConnectionReason.SessionStopped or RenderingConnectionReason.LeaseExpired
            or RenderingConnectionReason.SessionFailed or RenderingConnectionReason.SessionEnded))
        {
            return;
        }

        try
        {
            using CancellationTokenSource timeout = _environment.Time.CreateCancellationTokenSource(ConfirmTimeout);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _finish.Token);

            // What the service's client does with the token is its own business.
            await Abandonable.WaitAsync(_environment.ConfirmEndAsync(either.Token), either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            ConnectionLog.EndNotConfirmed(_environment.Logger, exception, _environment.SessionId);
        }
    }
}
