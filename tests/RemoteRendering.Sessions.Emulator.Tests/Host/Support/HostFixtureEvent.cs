namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

internal sealed record HostFixtureEvent(long Ticks, string Kind, string? SessionId, Dictionary<string, object?> Fields)
{
    public object? this[string name] => Fields[name];
}
