using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Observation;

/// <content>The log.</content>
internal sealed partial class SessionObserver
{
    [LoggerMessage(
        EventId = 300, EventName = "LookFailed", Level = LogLevel.Debug,
        Message = "Reading session {SessionId} failed; it is read again later.")]
    private static partial void LogLookFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 302, EventName = "ObservationFailed", Level = LogLevel.Error,
        Message = "The loop that watches sessions caught an unexpected exception; it continues.")]
    private static partial void LogLoopFailed(ILogger logger, Exception exception);

    [LoggerMessage(
        EventId = 301, EventName = "ListFailed", Level = LogLevel.Debug,
        Message = "Listing the sessions failed; they are listed again later.")]
    private static partial void LogListFailed(ILogger logger, Exception exception);
}
