using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>What scenes log. Event ids 600 to 699 are theirs and are never used twice.</summary>
internal static partial class SceneLog
{
    [LoggerMessage(EventId = 600, EventName = "SceneWritesRefused", Level = LogLevel.Warning, Message = "The host did not apply {Count} or more of the {Writes} writes to the scene of session {SessionId}; the first is for entity {Entity}: {Error}.")]
    public static partial void WritesRefused(ILogger logger, string sessionId, int count, int writes, uint entity, RenderingSceneError error);

    [LoggerMessage(EventId = 601, EventName = "SceneBatchFailed", Level = LogLevel.Warning, Message = "{Writes} writes to the scene of session {SessionId} failed.")]
    public static partial void BatchFailed(ILogger logger, Exception exception, string sessionId, int writes);

    [LoggerMessage(EventId = 602, EventName = "SceneBatchAnswerBroken", Level = LogLevel.Warning, Message = "The host's answer to scene writes is malformed; the writes count as applied.")]
    public static partial void BatchAnswerBroken(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 603, EventName = "SceneLost", Level = LogLevel.Debug, Message = "The scene of session {SessionId} at epoch {Epoch} is gone.")]
    public static partial void Lost(ILogger logger, string sessionId, long epoch);

    [LoggerMessage(EventId = 605, EventName = "SceneStateUnsupported", Level = LogLevel.Warning, Message = "The host of session {SessionId} does not draw the state {State}; setting it has no visible effect.")]
    public static partial void StateUnsupported(ILogger logger, string sessionId, HierarchicalStates state);

    [LoggerMessage(EventId = 604, EventName = "SceneFlushFailed", Level = LogLevel.Error, Message = "Scene writes could not be sent.")]
    public static partial void FlushFailed(ILogger logger, Exception exception);
}
