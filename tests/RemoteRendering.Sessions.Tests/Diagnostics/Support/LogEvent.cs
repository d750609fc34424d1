namespace RemoteRendering.Sessions.Tests.Diagnostics.Support;

/// <summary>One event of the log, as the page tells it or as the code has it.</summary>
internal sealed record LogEvent(int Id, string Name, string Category, string Level, string Message)
{
    public override string ToString() => $"| {Id} | `{Name}` | `{Category}` | {Level} | … | {Message} |";
}
