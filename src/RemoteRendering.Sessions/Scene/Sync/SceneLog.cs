using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>The log events of scenes. Event ids 600 to 699 are reserved for them and never reused.</summary>
internal static partial class SceneLog
{
    [LoggerMessage(
        EventId = 600, EventName = "SceneWritesRefused", Level = LogLevel.Warning,
        Message =
            "The host did not apply {Count} or more of the {Writes} writes to the scene of session {SessionId}; the first is for entity "
            + "{Entity}: {Error}.")]
    public static partial void WritesRefused(
        ILogger logger, string sessionId, int count, int writes, uint entity, RenderingSceneError error);

    [LoggerMessage(
        EventId = 601, EventName = "SceneBatchFailed", Level = LogLevel.Warning,
        Message = "{Writes} writes to the scene of session {SessionId} failed.")]
    public static partial void BatchFailed(ILogger logger, Exception exception, string sessionId, int writes);

    [LoggerMessage(
        EventId = 602, EventName = "SceneBatchAnswerBroken", Level = LogLevel.Warning,
        Message = "The answer of the host to scene writes is malformed; the writes count as applied.")]
    public static partial void BatchAnswerBroken(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 603, EventName = "SceneLost", Level = LogLevel.Debug,
        Message = "The host lost the scene of session {SessionId} at epoch {Epoch}.")]
    public static partial void Lost(ILogger logger, string sessionId, long epoch);

    [LoggerMessage(
        EventId = 605, EventName = "SceneStateUnsupported", Level = LogLevel.Warning,
        Message = "The host of session {SessionId} does not implement the state {State}; setting it has no visible effect.")]
    public static partial void StateUnsupported(ILogger logger, string sessionId, HierarchicalStates state);

    [LoggerMessage(
        EventId = 604, EventName = "SceneFlushFailed", Level = LogLevel.Error,
        Message = "Sending scene writes failed; the next tick tries again.")]
    public static partial void FlushFailed(ILogger logger, Exception exception);
}
