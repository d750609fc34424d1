namespace RemoteRendering.Sessions.Emulator;

/// <summary>One event of <see cref="EmulatorHistory"/>, rendered only when somebody reads it.</summary>
internal sealed record HistoryEvent(long Number, long Ticks, DateTimeOffset At, string Kind, string? SessionId, (string Name, object? Value)[] Fields);
