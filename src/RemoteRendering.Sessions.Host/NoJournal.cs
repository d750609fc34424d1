namespace RemoteRendering.Sessions.Host;

/// <summary>The journal of a host that has none.</summary>
internal sealed class NoJournal : IHostJournal
{
    public static NoJournal Instance { get; } = new();
}
