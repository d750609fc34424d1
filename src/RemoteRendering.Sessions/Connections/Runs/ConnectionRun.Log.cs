using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>The log events of a connection at the default level: each change once, in order.</summary>
internal sealed partial class ConnectionRun
{
    private bool _isLinkLost;

    private bool HasEndedWithSession
        => Span.LastChange.Reason is RenderingConnectionReason.SessionStopped or RenderingConnectionReason.LeaseExpired
        or RenderingConnectionReason.SessionFailed or RenderingConnectionReason.SessionEnded;

    void IConnectionRun.Log(in RenderingConnectionChange change)
    {
        NoteLoss(change.Status == ConnectionStatus.Reconnecting);
        switch (change.Status)
        {
            case ConnectionStatus.Connected when change.EndsIn is { } rest:
                ConnectionLog.EndAnnounced(_environment.Logger, _environment.SessionId, rest, change.Reason);
                break;
            case ConnectionStatus.Connected when change.OldStatus == ConnectionStatus.Reconnecting:
                ConnectionLog.Back(_environment.Logger, _environment.SessionId, change.SceneKept ? "kept" : "lost");
                break;
            case ConnectionStatus.Connected:
                ConnectionLog.Connected(_environment.Logger, _environment.SessionId);
                break;
            case ConnectionStatus.Reconnecting when change.Reason == RenderingConnectionReason.ReconnectRequested:
                ConnectionLog.Reconnecting(_environment.Logger, _environment.SessionId);
                break;
            case ConnectionStatus.Reconnecting:
                ConnectionLog.LinkLost(_environment.Logger, change.Error, _environment.SessionId, change.Reason, Words(change));
                break;
            case ConnectionStatus.Disconnected:
                LogEnd(change);
                break;
            default:
                // A connect that the application requested is not logged.
                break;
        }
    }

    /// <summary>Records a lost link: while it is lost, the network is probably down for the calls of the client too.</summary>
    private void NoteLoss(bool isLost)
    {
        if (isLost == _isLinkLost)
        {
            return;
        }

        _isLinkLost = isLost;
        if (isLost)
        {
            _environment.LinkTrouble.Begin();
        }
        else
        {
            _environment.LinkTrouble.End();
        }
    }

    private void LogEnd(in RenderingConnectionChange change)
    {
        if (ConnectionReasons.IsRequested(change.Reason))
        {
            ConnectionLog.Ended(_environment.Logger, _environment.SessionId, change.Reason);
        }
        else if (!HasEndedWithSession && !_environment.HasSessionEnded)
        {
            LogGivenUp(change);
        }
    }

    /// <summary>
    /// Logs the end of a session that only the host reported. An end that the service has confirmed is logged by the session.
    /// </summary>
    private void LogUnconfirmedEnd()
    {
        RenderingConnectionChange end = Span.LastChange;
        if (HasEndedWithSession && !end.IsRequested && !_environment.HasSessionEnded)
        {
            LogGivenUp(end);
        }
    }

    private void LogGivenUp(in RenderingConnectionChange change)
        => ConnectionLog.GivenUp(_environment.Logger, change.Error, _environment.SessionId, change.Reason, Words(change));

    /// <summary>Returns the error of a change on one line: it may contain the answer of a service.</summary>
    private static string? Words(in RenderingConnectionChange change)
        => HostWords.Clean(change.Error?.Message, HostWords.LongestOfARequest);
}
