using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>Reads of the session while the host does not answer, concurrent with the attempts: its status and its address.</summary>
internal sealed partial class ConnectionRun
{
    /// <summary>The shortest interval between two reads: 10 seconds.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private Task _looking = Task.CompletedTask;
    private long? _lookedAt;

    /// <summary>Reads the session after a failure that its state may explain. Does not delay attempts.</summary>
    private void LookAfter(ConnectionFailure failure)
    {
        bool mayExplain = failure.Final is null && failure.Reason is not RenderingConnectionReason.AuthenticationFailed
            && failure.RetryAfter is null && !failure.IsCutShort;
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
        catch (RenderingConnectionException exception) when (
            ConnectionFailure.FromException(exception, exception.Reason) is { Final: { } final } failure)
        {
            Fire(final, failure.Cause);
        }
        catch (Exception exception)
        {
            // The service is unreachable, which is no evidence about the host.
            if (!_stop.IsCancellationRequested)
            {
                ConnectionLog.LookFailed(_environment.Logger, exception, _environment.SessionId);
            }
        }
    }

    /// <summary>Reads the session to confirm its end. The connection has already ended and does not wait for the service.</summary>
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
                // The client of the service may ignore the token.
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
