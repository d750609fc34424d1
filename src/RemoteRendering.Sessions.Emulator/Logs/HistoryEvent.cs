namespace RemoteRendering.Sessions.Emulator.Logs;

/// <summary>One event of <see cref="EmulatorHistory"/>, rendered only when it is read.</summary>
internal readonly record struct HistoryEvent(
    long Number, long Ticks, DateTimeOffset At, string Kind, string? SessionId, HistoryFields Fields);
