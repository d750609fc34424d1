using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Observation;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>The log events of a session, under the category of RenderingSession. Diagnostics/logging.md lists all events.</summary>
internal static partial class SessionLog
{
    /// <summary>
    /// Logs what a read of the session has shown. The end of a session is logged here only; its connection and its renewal end with it and
    /// do not repeat it.
    /// </summary>
    /// <param name="client">The client of the session.</param>
    /// <param name="before">What was known before.</param>
    /// <param name="now">What is known now.</param>
    public static void Observed(ISessionClient client, RenderingSessionProperties before, RenderingSessionProperties now)
    {
        // The first read of a handle is not logged: the changes it shows happened earlier.
        if (before.Status == now.Status || before.Status == RenderingSessionStatus.Unknown)
        {
            return;
        }

        if (now.Status.IsTerminal)
        {
            if (!before.Status.IsTerminal)
            {
                Ended(client, now);
            }
        }
        else if (before.Status.IsTerminal)
        {
            KnownAgain(client.SessionLogger, now.Id, now.Status);
        }
        else if (now.Status == RenderingSessionStatus.Ready && before.Status == RenderingSessionStatus.Starting)
        {
            Ready(client.SessionLogger, now.Id, now.Hostname, now.MaxLeaseTime);
        }
    }

    /// <summary>Logs the answer to a create.</summary>
    /// <param name="client">The client of the session.</param>
    /// <param name="properties">The answer.</param>
    /// <param name="wasCreated">Whether the call created the session; null when that cannot be told.</param>
    public static void CreateAnswered(ISessionClient client, RenderingSessionProperties properties, bool? wasCreated)
    {
        if (wasCreated != true)
        {
            Found(client.SessionLogger, properties.Id, properties.Size, properties.Status);
            return;
        }

        Created(client.SessionLogger, properties.Id, properties.Size, properties.MaxLeaseTime);
        if (properties.Status == RenderingSessionStatus.Ready)
        {
            Ready(client.SessionLogger, properties.Id, properties.Hostname, properties.MaxLeaseTime);
        }
    }

    /// <summary>
    /// Logs that a stop of this client took effect, once for each session: the answer to the stop and every later read show it.
    /// </summary>
    public static void StoppedHere(ISessionClient client, string sessionId)
    {
        if (client.Stops.Tell(sessionId))
        {
            Stopped(client.SessionLogger, sessionId);
        }
    }

    [LoggerMessage(
        EventId = 105, EventName = "SessionListenerFailed", Level = LogLevel.Error,
        Message = "A listener threw while handling an update of session {SessionId}.")]
    public static partial void ListenerFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 106, EventName = "StopOnDisposeFailed", Level = LogLevel.Error,
        Message = "Stopping session {SessionId} failed when its handle was disposed; it runs, and is billed, until its lease ends.")]
    public static partial void StopOnDisposeFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 107, EventName = "DisposeFailed", Level = LogLevel.Error,
        Message = "Disposing session {SessionId} failed in part; the remaining steps ran.")]
    public static partial void DisposeFailed(ILogger logger, string sessionId, Exception exception);

    private static void Ended(ISessionClient client, RenderingSessionProperties now)
    {
        bool isStoppedHere = client.Stops.Contains(now.Id);
        RenderingSessionEndReason? reason = SessionDifference.EndReason(now, isStoppedHere);
        if (reason == RenderingSessionEndReason.StoppedByThisClient || (reason == RenderingSessionEndReason.Forgotten && isStoppedHere))
        {
            StoppedHere(client, now.Id);
        }
        else if (reason is { } end)
        {
            Ended(client.SessionLogger, now.Id, end, Explain(now, end));
        }
    }

    private static string Explain(RenderingSessionProperties properties, RenderingSessionEndReason reason)
    {
        string? said = properties.Error?.ToString() is { Length: > 0 } error ? error : properties.Message;
        return HostWords.Clean(said) ?? reason switch
        {
            RenderingSessionEndReason.Expired => $"Its lease of {properties.MaxLeaseTime} has run out.",
            RenderingSessionEndReason.StoppedElsewhere => "Another client stopped it.",
            RenderingSessionEndReason.Forgotten => "The service no longer finds it.",
            _ => "The service gave no reason.",
        };
    }

    [LoggerMessage(
        EventId = 100, EventName = "SessionCreated", Level = LogLevel.Information,
        Message = "Created session {SessionId}: size {Size}, lease {MaxLeaseTime}.")]
    private static partial void Created(ILogger logger, string sessionId, RenderingSessionVmSize size, TimeSpan? maxLeaseTime);

    [LoggerMessage(
        EventId = 108, EventName = "SessionFound", Level = LogLevel.Information,
        Message = "Session {SessionId} already existed when it was to be created, from an earlier call or an earlier try of this one: "
            + "size {Size}, status {Status}.")]
    private static partial void Found(ILogger logger, string sessionId, RenderingSessionVmSize size, RenderingSessionStatus status);

    [LoggerMessage(
        EventId = 101, EventName = "SessionReady", Level = LogLevel.Information,
        Message = "Session {SessionId} is ready on host {Hostname}: lease {MaxLeaseTime}.")]
    private static partial void Ready(ILogger logger, string sessionId, string? hostname, TimeSpan? maxLeaseTime);

    [LoggerMessage(
        EventId = 102, EventName = "SessionStopped", Level = LogLevel.Information,
        Message = "This client stopped session {SessionId}.")]
    private static partial void Stopped(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 103, EventName = "SessionEnded", Level = LogLevel.Warning, Message = "Session {SessionId} ended: {EndReason}. {Error}")]
    private static partial void Ended(ILogger logger, string sessionId, RenderingSessionEndReason endReason, string error);

    [LoggerMessage(
        EventId = 104, EventName = "SessionKnownAgain", Level = LogLevel.Information,
        Message = "The service finds session {SessionId} again, after it answered that there is none: status {Status}.")]
    private static partial void KnownAgain(ILogger logger, string sessionId, RenderingSessionStatus status);
}
