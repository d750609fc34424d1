using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <content>The members of the client that its handles and their connections use.</content>
public partial class RemoteRenderingClient : ISessionClient
{
    TimeProvider ISessionClient.TimeProvider => TimeProvider;

    TimeProvider ISessionClient.PipelineTimeProvider => PipelineTimeProvider;

    ITokenSource ISessionClient.Tokens => Tokens;

    INetworkChanges ISessionClient.NetworkChanges => NetworkChanges;

    RenderingTransport? ISessionClient.ConnectionTransport => ConnectionTransport;

    LinkTrouble ISessionClient.LinkTrouble => LinkTrouble;

    StoppedSessions ISessionClient.Stops => Observer.Stops;

    ILogger ISessionClient.SessionLogger => SessionLogger;

    ILoggerFactory ISessionClient.Logger => Logger;

    /// <summary>Records a change that a handle has observed, for the log, the watches of the account and the boot times.</summary>
    /// <param name="before">The properties before the change.</param>
    /// <param name="now">The properties after the change.</param>
    /// <param name="sent">The moment the request of the answer was sent.</param>
    /// <param name="boot">The interval of ages in which the session became ready, if it has now.</param>
    internal void OnObserved(
        RenderingSessionProperties before, RenderingSessionProperties now, Moment sent, (TimeSpan AtLeast, TimeSpan AtMost)? boot)
    {
        if (boot is { } ages)
        {
            Observer.Boots.Record(now.Size, ages.AtLeast, ages.AtMost);
        }

        SessionLog.Observed(this, before, now);
        Observer.Account.Observe(now, sent.Timestamp);
    }
}
