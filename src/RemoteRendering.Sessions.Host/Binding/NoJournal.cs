namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>The journal of a host that has none.</summary>
internal sealed class NoJournal : IHostJournal
{
    public static NoJournal Instance { get; } = new();
}
