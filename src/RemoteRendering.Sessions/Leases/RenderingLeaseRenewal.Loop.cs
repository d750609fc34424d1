using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions;

/// <content>The requests of the renewal.</content>
public partial class RenderingLeaseRenewal
{
    private readonly Func<double> _random = static () => 0;
    private readonly ILogger _logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
    private int _failures;
    private long _retryAt = long.MinValue;
    private bool _readFirst;
    private bool _isCapKnown;
    private bool _isEndingKnown;

    private async Task RunAsync()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            TimeSpan? untilLost = WatchEnd();
            RenewalStep step = _schedule.Next(new RenewalView(_session.Lease, _session.IsInUse, UntilRetry(untilLost)));
            if (EndsWithSession())
            {
                // The session ended while the step was planned: its lease of zero asks for a request that only can be refused.
                return;
            }

            NoteCap(step);
            NoteEnding(step);
            try
            {
                if (step.Action == RenewalAction.Wait)
                {
                    await _wake.WaitAsync(step.Time, stop).ConfigureAwait(false);
                }
                else
                {
                    await AttemptAsync(step, stop).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // The outcome of the last request no longer matters.
            }
            catch (Exception exception)
            {
                // Code of the application threw unexpectedly. Only an end ends the renewal.
                Postpone(retryAfter: null);
                LeaseLog.LoopFailed(_logger, _session.SessionId, exception);
            }
        }
    }

    private void NoteCap(RenewalStep step)
    {
        if (step.IsAtCap && !_isCapKnown)
        {
            Tell(LeaseRenewalChangeKind.CapReached, _session.Lease);
        }

        // The cap stays reached: a lease never shrinks, and a doubt in between does not change the cap.
        _isCapKnown |= step.IsAtCap;
    }

    /// <summary>Logs that a lease gets short and is not renewed, while there is time to act.</summary>
    private void NoteEnding(RenewalStep step)
    {
        if (step.IsEnding && !_isEndingKnown)
        {
            LeaseLog.NotRenewed(_logger, _session.SessionId,
                step.IsAtCap ? "it has reached its allowed total" : "the session is not in use", _session.Lease);
        }

        _isEndingKnown = step.IsEnding;
    }

    private TimeSpan UntilRetry(TimeSpan? untilLost)
    {
        TimeSpan left = _retryAt == long.MinValue ? TimeSpan.Zero : _time.GetElapsedTime(_time.GetTimestamp(), _retryAt);
        if (left <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        // There is one more attempt in any case. The end may have come closer since, or be known only now: a doubt has begun, or another
        // read has returned the lease.
        if (_schedule.LastCall(untilLost) is { } lastCall && lastCall < left)
        {
            left = lastCall;
            RetryIn(left);
        }

        return left;
    }

    private void RetryIn(TimeSpan pause) => _retryAt = _time.TimestampIn(pause);

    private void Postpone(TimeSpan? retryAfter)
    {
        _failures++;
        RetryIn(_schedule.RetryDelay(_failures, retryAfter, _random()));
    }

    private async Task AttemptAsync(RenewalStep step, CancellationToken stop)
    {
        RenderingSessionLease before = _session.Lease;
        bool reads = step.Action == RenewalAction.Confirm || _readFirst;
        using CancellationTokenSource timeout = _time.CreateTimeout(step.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, timeout.Token);
        try
        {
            CancellationToken end = either.Token;
            Task<RenderingSessionProperties> request = reads ? _session.RefreshAsync(end) : _session.RenewAsync(step.Target, end);
            await Abandonable.WaitAsync(request, end).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            _readFirst = false;
            NoteAnswer(step.Action, before);
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            End(LeaseRenewalEndReason.SessionEnded);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            NoteFailure(exception, wasRead: reads);
        }
    }

    private void NoteAnswer(RenewalAction action, RenderingSessionLease before)
    {
        RenderingSessionLease lease = _session.Lease;
        bool isLonger = lease.MaxLeaseTime > before.MaxLeaseTime;
        bool wasNotApplied = before.IsTotalInDoubt && !lease.IsTotalInDoubt && !isLonger;
        if (isLonger || (action == RenewalAction.Confirm && !wasNotApplied && !IsToBeConfirmed(lease)))
        {
            _failures = 0;
        }
        else
        {
            // The answer changed nothing, so the next request must not follow immediately.
            Postpone(retryAfter: null);
        }

        if (isLonger)
        {
            LeaseTelemetry.Renewals.Add(1);
            LeaseLog.Renewed(_logger, _session.SessionId, lease);
            Tell(LeaseRenewalChangeKind.Renewed, lease);
        }
        else if (wasNotApplied)
        {
            var failure = new RequestFailedException(
                200,
                $"Update: the service accepted a longer lease for session '{_session.SessionId}' but did not apply it: its answers still "
                    + $"contain {lease.MaxLeaseTime}.",
                RemoteRenderingErrorCode.InvalidResponse,
                innerException: null);
            LeaseLog.AttemptFailed(_logger, _session.SessionId, _failures, lease, failure);
            Tell(LeaseRenewalChangeKind.AttemptFailed, lease, failure);
        }
    }

    private bool IsToBeConfirmed(RenderingSessionLease lease)
        => _schedule.Next(new RenewalView(lease, _session.IsInUse, TimeSpan.Zero)).Action == RenewalAction.Confirm;

    private void NoteFailure(Exception exception, bool wasRead)
    {
        if (EndsWithSession())
        {
            // The session ended during the request, which explains the failure.
            return;
        }

        // Only a read of the session shows what a refusal or a lost answer means; it follows immediately, unless the service sent a
        // Retry-After.
        bool isUnclear = exception is RenderingOutcomeUnknownException or RequestFailedException { Status: 400 or 409 or 422 };
        TimeSpan? retryAfter = RetryAfterHeader.Read(exception, _time);
        _readFirst = isUnclear && !wasRead;
        if (!_readFirst || retryAfter is not null)
        {
            Postpone(retryAfter);
        }

        RenderingSessionLease lease = _session.Lease;
        LeaseLog.AttemptFailed(_logger, _session.SessionId, _failures, lease, exception);
        Tell(LeaseRenewalChangeKind.AttemptFailed, lease, exception);
    }
}
