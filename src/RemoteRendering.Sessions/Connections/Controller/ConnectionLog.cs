using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>The log events of connections. Event ids 200 to 299 are reserved for them and never reused.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(
        EventId = 200, EventName = "ConnectionChanged", Level = LogLevel.Debug,
        Message = "Connection change {Number}: {OldStatus} -> {Status}, {Reason}.")]
    public static partial void Changed(
        ILogger logger, Exception? error, long number, ConnectionStatus oldStatus, ConnectionStatus status,
        RenderingConnectionReason reason);

    [LoggerMessage(
        EventId = 201, EventName = "ConnectionTriggerIgnored", Level = LogLevel.Trace,
        Message = "Ignored {Trigger}: it has no effect in {Status}.")]
    public static partial void TriggerIgnored(ILogger logger, ConnectionTrigger trigger, ConnectionStatus status);

    [LoggerMessage(
        EventId = 202, EventName = "ConnectionCallbackFailed", Level = LogLevel.Error,
        Message = "A callback for connection change {Number} threw.")]
    public static partial void CallbackFailed(ILogger logger, Exception exception, long number);

    [LoggerMessage(
        EventId = 203, EventName = "ConnectionEffectFailed", Level = LogLevel.Error,
        Message = "The connection effect {Effects} threw.")]
    public static partial void EffectFailed(ILogger logger, Exception exception, ConnectionEffects effects);

    [LoggerMessage(
        EventId = 204, EventName = "ConnectionAttemptFailed", Level = LogLevel.Debug,
        Message = "Attempt {Attempt} to connect to session {SessionId} failed: {Reason}.")]
    public static partial void AttemptFailed(
        ILogger logger, Exception? exception, int attempt, string sessionId, RenderingConnectionReason reason);

    [LoggerMessage(
        EventId = 205, EventName = "ConnectionLinkLost", Level = LogLevel.Warning,
        Message = "The link to the host of session {SessionId} was lost: {Reason}. {Error} Reconnecting.")]
    public static partial void LinkLost(
        ILogger logger, Exception? exception, string sessionId, RenderingConnectionReason reason, string? error);

    [LoggerMessage(
        EventId = 206, EventName = "ConnectionBackoff", Level = LogLevel.Debug,
        Message = "Next attempt to connect to session {SessionId} in {Delay}.")]
    public static partial void Backoff(ILogger logger, string sessionId, TimeSpan delay);

    [LoggerMessage(
        EventId = 207, EventName = "ConnectionBound", Level = LogLevel.Debug,
        Message = "Bound to session {SessionId}: epoch {Epoch}, link {Link}, scene kept: {SceneKept}.")]
    public static partial void Bound(ILogger logger, string sessionId, long epoch, long link, bool sceneKept);

    [LoggerMessage(
        EventId = 208, EventName = "ConnectionEndNotConfirmed", Level = LogLevel.Debug,
        Message = "The service did not confirm the end of session {SessionId} that its host reported.")]
    public static partial void EndNotConfirmed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(
        EventId = 209, EventName = "ConnectionRunFailed", Level = LogLevel.Error,
        Message = "The connection to session {SessionId} failed with an unexpected exception.")]
    public static partial void RunFailed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(
        EventId = 210, EventName = "ConnectionClockJump", Level = LogLevel.Debug,
        Message = "The clock of this device jumped by {Jump}, after a sleep or because it was set; checking the link.")]
    public static partial void ClockJump(ILogger logger, TimeSpan jump);

    [LoggerMessage(
        EventId = 211, EventName = "ConnectionCloseFailed", Level = LogLevel.Trace,
        Message = "Sending close code {Code} failed.")]
    public static partial void CloseFailed(ILogger logger, Exception exception, int code);

    [LoggerMessage(
        EventId = 212, EventName = "ConnectionLeaveNotConfirmed", Level = LogLevel.Debug,
        Message = "The host of session {SessionId} did not confirm that this device has left.")]
    public static partial void LeaveNotConfirmed(ILogger logger, string sessionId);

    [LoggerMessage(EventId = 214, EventName = "OtherCallbackFailed", Level = LogLevel.Error, Message = "A callback of a connection threw.")]
    public static partial void OtherCallbackFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 213, EventName = "ConnectionLeaseEndNotConfirmed", Level = LogLevel.Debug,
        Message = "The service did not confirm that the lease of session {SessionId} has run out.")]
    public static partial void LeaseEndNotConfirmed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(
        EventId = 215, EventName = "ConnectionLookFailed", Level = LogLevel.Debug,
        Message = "Reading session {SessionId} failed while its host did not answer.")]
    public static partial void LookFailed(ILogger logger, Exception exception, string sessionId);

    [LoggerMessage(
        EventId = 216, EventName = "ConnectionNetworkChanged", Level = LogLevel.Debug,
        Message = "The network of this device changed; checking the connection to session {SessionId}.")]
    public static partial void NetworkChanged(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 217, EventName = "ConnectionConnected", Level = LogLevel.Information,
        Message = "Connected to session {SessionId}.")]
    public static partial void Connected(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 218, EventName = "ConnectionBack", Level = LogLevel.Information,
        Message = "Reconnected to session {SessionId}; the host has {Scene} the scene.")]
    public static partial void Back(ILogger logger, string sessionId, string scene);

    [LoggerMessage(
        EventId = 219, EventName = "ConnectionReconnecting", Level = LogLevel.Information,
        Message = "The application requested a new link to the host of session {SessionId}. Reconnecting.")]
    public static partial void Reconnecting(ILogger logger, string sessionId);

    [LoggerMessage(
        EventId = 220, EventName = "ConnectionEndAnnounced", Level = LogLevel.Information,
        Message = "The host of session {SessionId} will end the link in {EndsIn}: {Reason}.")]
    public static partial void EndAnnounced(ILogger logger, string sessionId, TimeSpan endsIn, RenderingConnectionReason reason);

    [LoggerMessage(
        EventId = 221, EventName = "ConnectionEnded", Level = LogLevel.Information,
        Message = "The application ended the connection to session {SessionId}: {Reason}.")]
    public static partial void Ended(ILogger logger, string sessionId, RenderingConnectionReason reason);

    [LoggerMessage(
        EventId = 222, EventName = "ConnectionGivenUp", Level = LogLevel.Warning,
        Message = "The connection to session {SessionId} ended: {Reason}. {Error}")]
    public static partial void GivenUp(
        ILogger logger, Exception? exception, string sessionId, RenderingConnectionReason reason, string? error);

    [LoggerMessage(
        EventId = 223, EventName = "ConnectionTransportStillRuns", Level = LogLevel.Debug,
        Message = "A call of the transport of session {SessionId} has not returned. The connection has ended without it.")]
    public static partial void TransportStillRuns(ILogger logger, string sessionId);
}
