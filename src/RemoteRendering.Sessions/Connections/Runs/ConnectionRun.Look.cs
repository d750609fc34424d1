using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>What the run asks the service while the host does not answer, beside the attempts: whether the session is still there, and where.</summary>
internal sealed partial class ConnectionRun
{
    /// <summary>How often at most the service is asked.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private Task _looking = Task.CompletedTask;
    private long? _lookedAt;

    /// <summary>Asks the service after a failure that it may explain. Delays nothing.</summary>
    private void LookAfter(ConnectionFailure failure)
    {
        bool mayExplain = failure.Final is null && failure.Reason is not RenderingConnectionReason.AuthenticationFailed && failure.RetryAfter is null && !failure.IsCutShort;
        long now = _environment.Time.GetTimestamp();
        if (!mayExplain || !_looking.IsCompleted || (_lookedAt is { } last && _environment.Time.GetElapsedTime(last, now) < LookEvery))
        {
            return;
        }

        _lookedAt = now;
        _looking = BackgroundWork.Start(LookAsync);
        _leftovers.Add(_looking);
    }

    private async Task LookAsync()
    {
        try
        {
            bool hasMoved = await Abandonable.WaitAsync(_environment.LookAsync(_stop.Token), _stop.Token).ConfigureAwait(false);
            if (hasMoved)
            {
                CutAttempt("The session has another address now.");
                _backoff.Wake();
            }
        }
        catch (RenderingConnectionException exception) when (ConnectionFailure.FromException(exception, exception.Reason) is { Final: { } final } failure)
        {
            Fire(final, failure.Cause);
        }
        catch (Exception exception)
        {
            // The service is out of reach, which says nothing about the host.
            if (!_stop.IsCancellationRequested)
            {
                ConnectionLog.LookFailed(_environment.Logger, exception, _environment.SessionId);
            }
        }
    }

    /// <summary>Lets the session find out that it has ended. The connection is over before that, and does not wait for the service.</summary>
    private async Task ConfirmEndAsync()
    {
        if (!HasEndedWithSession)
        {
            return;
        }

        try
        {
            if (_hostSaidEnd)
            {
                // What the service's client does with the token is its own business.
                await Abandonable.WaitAsync(_environment.ConfirmEndAsync(_finish.Token), _finish.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            ConnectionLog.EndNotConfirmed(_environment.Logger, exception, _environment.SessionId);
        }

        LogUnconfirmedEnd();
    }
}
