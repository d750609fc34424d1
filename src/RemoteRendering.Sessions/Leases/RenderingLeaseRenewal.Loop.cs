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
                // What became of the last request does not matter any more.
            }
            catch (Exception exception)
            {
                // Code of others threw where none of ours does. Only an end ends the renewal.
                Postpone(retryAfter: null);
                LeaseLog.LoopFailed(_logger, _session.SessionId, exception);
            }
        }
    }

    private void NoteCap(RenewalStep step)
    {
        if (step.IsAtCap && !_isCapKnown)
        {
            Tell(LeaseRenewalChange.CapReached, _session.Lease);
        }

        // It stays so: a lease never shrinks, and a doubt between is no news about the cap.
        _isCapKnown |= step.IsAtCap;
    }

    /// <summary>Logs, while there is time to act on it, that a lease gets short and is not renewed.</summary>
    private void NoteEnding(RenewalStep step)
    {
        if (step.IsEnding && !_isEndingKnown)
        {
            LeaseLog.NotRenewed(_logger, _session.SessionId, step.IsAtCap ? "it has reached the total that was allowed" : "the session is not in use", _session.Lease);
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

        // Whatever was agreed, there is one more attempt. The end may have come closer since, or be known only now: a doubt has begun, or somebody else has heard of the lease.
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
            CancellationToken patience = either.Token;
#if SABOTAGE
            end = Sabotage.Breaks("R1") || Sabotage.Breaks("R3") ? CancellationToken.None : end;
            patience = Sabotage.Breaks("R3") ? stop : patience;
#endif
            Task<RenderingSessionProperties> request = reads ? _session.RefreshAsync(end) : _session.RenewAsync(step.Target, end);
            await Abandonable.WaitAsync(request, patience).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            _readFirst = false;
            NoteAnswer(step.Action, before);
        }
        catch (RequestFailedException exception) when (ServiceFailure.IsSessionUnknown(exception))
        {
            End(LeaseRenewalEnd.SessionEnded);
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
            // An answer that leaves things as they were is no reason to ask again at once.
            Postpone(retryAfter: null);
        }

        if (isLonger)
        {
            LeaseTelemetry.Renewals.Add(1);
            LeaseLog.Renewed(_logger, _session.SessionId, lease);
            Tell(LeaseRenewalChange.Renewed, lease);
        }
        else if (wasNotApplied)
        {
            var failure = new RequestFailedException(
                200,
                $"Update: the service accepted a longer lease for session '{_session.SessionId}' and did not grant it: its answers still say {lease.MaxLeaseTime}.",
                RemoteRenderingErrorCode.InvalidResponse,
                innerException: null);
            LeaseLog.AttemptFailed(_logger, _session.SessionId, _failures, lease, failure);
            Tell(LeaseRenewalChange.AttemptFailed, lease, failure);
        }
    }

    private bool IsToBeConfirmed(RenderingSessionLease lease) => _schedule.Next(new RenewalView(lease, _session.IsInUse, TimeSpan.Zero)).Action == RenewalAction.Confirm;

    private void NoteFailure(Exception exception, bool wasRead)
    {
#if SABOTAGE
        if (Sabotage.Breaks("M13"))
        {
            End(LeaseRenewalEnd.LeaseLost);
            return;
        }
#endif

        // What a refusal or a lost answer means, only the session itself can say; unless the service wants to be left alone, it is asked at once.
        bool isUnclear = exception is RenderingOutcomeUnknownException or RequestFailedException { Status: 400 or 409 or 422 };
        TimeSpan? retryAfter = RetryAfterHeader.Read(exception, _time);
        _readFirst = isUnclear && !wasRead;
        if (!_readFirst || retryAfter is not null)
        {
            Postpone(retryAfter);
        }

        RenderingSessionLease lease = _session.Lease;
        LeaseLog.AttemptFailed(_logger, _session.SessionId, _failures, lease, exception);
        Tell(LeaseRenewalChange.AttemptFailed, lease, exception);
    }
}
