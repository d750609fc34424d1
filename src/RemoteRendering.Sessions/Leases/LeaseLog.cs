using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// The log events of renewals, under the category of <see cref="RenderingLeaseRenewal"/>. Diagnostics/logging.md lists all events.
/// </summary>
internal static partial class LeaseLog
{
    [LoggerMessage(
        EventId = 700, EventName = "LeaseRenewed", Level = LogLevel.Information,
        Message = "Renewed the lease of session {SessionId}: {Lease}.")]
    public static partial void Renewed(ILogger logger, string sessionId, RenderingSessionLease lease);

    [LoggerMessage(
        EventId = 701, EventName = "LeaseAttemptFailed", Level = LogLevel.Warning,
        Message = "Renewing the lease of session {SessionId} failed, {Failures} times in a row: {Lease}.")]
    public static partial void AttemptFailed(
        ILogger logger, string sessionId, int failures, RenderingSessionLease lease, Exception exception);

    [LoggerMessage(
        EventId = 702, EventName = "LeaseLost", Level = LogLevel.Warning,
        Message = "Lease renewal for session {SessionId} ended: {End}. Lease: {Lease}.")]
    public static partial void Lost(ILogger logger, string sessionId, LeaseRenewalEndReason end, RenderingSessionLease lease);

    [LoggerMessage(
        EventId = 703, EventName = "LeaseHandlerFailed", Level = LogLevel.Error,
        Message = "A callback of the lease renewal of session {SessionId} threw.")]
    public static partial void HandlerFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 704, EventName = "LeaseEventHandlerFailed", Level = LogLevel.Error,
        Message = "A handler of the lease changes of session {SessionId} threw.")]
    public static partial void EventHandlerFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 705, EventName = "LeaseLoopFailed", Level = LogLevel.Error,
        Message = "The lease renewal of session {SessionId} caught an unexpected exception; it continues.")]
    public static partial void LoopFailed(ILogger logger, string sessionId, Exception exception);

    [LoggerMessage(
        EventId = 706, EventName = "LeaseNotRenewed", Level = LogLevel.Information,
        Message = "Lease renewal for session {SessionId} does not extend the lease, because {Reason}. Lease: {Lease}.")]
    public static partial void NotRenewed(ILogger logger, string sessionId, string reason, RenderingSessionLease lease);

    [LoggerMessage(
        EventId = 707, EventName = "LeaseRenewalOfConnectionEnded", Level = LogLevel.Information,
        Message = "Lease renewal for session {SessionId} ended with its connection: {Reason}. Lease: {Lease}.")]
    public static partial void EndedWithConnection(ILogger logger, string sessionId, string reason, RenderingSessionLease lease);

    [LoggerMessage(
        EventId = 708, EventName = "LeaseRenewalStopped", Level = LogLevel.Information,
        Message = "This client stopped lease renewal for session {SessionId}. Lease: {Lease}.")]
    public static partial void Stopped(ILogger logger, string sessionId, RenderingSessionLease lease);

    [LoggerMessage(
        EventId = 709, EventName = "LeaseRenewalEnded", Level = LogLevel.Debug,
        Message = "Lease renewal for session {SessionId} ended with its session or connection: {End}.")]
    public static partial void EndedOtherwiseTold(ILogger logger, string sessionId, LeaseRenewalEndReason end);
}
