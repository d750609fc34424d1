using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>
/// While there is a connection, reads the session when its lease is over as far as this device has observed. Another client may have
/// extended it. If not, the connection ends even if neither the host nor the service reports the end.
/// </summary>
internal sealed class LeaseEndWatch : IAsyncDisposable
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(10);

    private readonly object _lock = new();
    private readonly ISessionHandle _session;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private Task _asking = Task.CompletedTask;
    private bool _isEarly;
    private bool _disposed;

    public LeaseEndWatch(ISessionHandle session, ILogger logger)
    {
        _session = session;
        _logger = logger;
        _timer = BackgroundWork.CreateTimer(session.Client.TimeProvider, static state => ((LeaseEndWatch)state!).OnTimer(), this);
        session.PropertiesObserved += OnPropertiesObserved;
        Schedule(TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        _session.PropertiesObserved -= OnPropertiesObserved;
        Task asking;
        lock (_lock)
        {
            _disposed = true;
            asking = _asking;
        }

        _timer.Dispose();
        _stop.Cancel();
        await asking.ConfigureAwait(false);
        _stop.Dispose();
    }

    private void OnPropertiesObserved(RenderingSessionProperties properties) => Schedule(TimeSpan.Zero);

    private void Schedule(TimeSpan notBefore)
    {
        // Without a known end there is nothing to watch; the host enforces the lease.
        if (_session.Lease.RemainingAtMost is not { } left)
        {
            return;
        }

        lock (_lock)
        {
            if (!_disposed)
            {
                TimeSpan due = left > notBefore ? left : notBefore;
                _isEarly = due > TimerLimit.Longest;
                _timer.Change(TimerLimit.Cut(due), Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            if (!_isEarly)
            {
                Ask_NeedsLock();
                return;
            }
        }

        Schedule(TimeSpan.Zero);
    }

    private void Ask_NeedsLock()
    {
        if (!_disposed && _asking.IsCompleted)
        {
            _asking = BackgroundWork.Start(AskAsync);
        }
    }

    private async Task AskAsync()
    {
        TimeSpan pause = AskAgainAfter;
        try
        {
            await BoundedRead.ReadAsync(_session, _stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            TimeSpan? retryAfter = RetryAfterHeader.Read(exception, _session.Client.TimeProvider);
            pause = retryAfter > pause ? retryAfter.Value : pause;
            ConnectionLog.LeaseEndNotConfirmed(_logger, exception, _session.SessionUuid);
        }
        finally
        {
            // The watch continues even if a logger throws.
            Schedule(pause);
        }
    }
}
