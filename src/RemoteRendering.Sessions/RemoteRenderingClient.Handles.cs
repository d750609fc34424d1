using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <content>The client, as its handles and their connections see it.</content>
public partial class RemoteRenderingClient : ISessionClient
{
    TimeProvider ISessionClient.TimeProvider => TimeProvider;

    ITokenSource ISessionClient.Tokens => Tokens;

    INetworkChanges ISessionClient.NetworkChanges => NetworkChanges;

    RenderingTransport? ISessionClient.ConnectionTransport => ConnectionTransport;

    LinkTrouble ISessionClient.LinkTrouble => LinkTrouble;

    StopNotes ISessionClient.Stops => Observer.Stops;

    ILogger ISessionClient.SessionLogger => SessionLogger;

    ILoggerFactory ISessionClient.Logger => Logger;

    /// <summary>Takes what a handle has observed: for the log, the watches of the account and the times that sessions take to start.</summary>
    /// <param name="before">What was known before.</param>
    /// <param name="now">What is known now.</param>
    /// <param name="sent">When the request was sent whose answer it is.</param>
    /// <param name="boot">Between which ages the session became ready, when it has now.</param>
    internal void OnObserved(RenderingSessionProperties before, RenderingSessionProperties now, Moment sent, (TimeSpan AtLeast, TimeSpan AtMost)? boot)
    {
        if (boot is { } ages)
        {
            Observer.Boots.Record(now.Size, ages.AtLeast, ages.AtMost);
        }

        SessionLog.Observed(this, before, now);
        Observer.Account.Hear(now, sent.Timestamp);
    }
}
