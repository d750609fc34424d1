using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>A restart that is yet to come.</summary>
/// <param name="RestartsAt">When, as a timestamp.</param>
/// <param name="Downtime">How long the host will be down.</param>
/// <param name="ComeBack">Whether bindings survive.</param>
internal sealed record HostAnnouncement(long RestartsAt, TimeSpan Downtime, bool ComeBack)
{
    /// <summary>What a device is told when there is this much time left.</summary>
    public HostGoodbye ToGoodbye(TimeSpan left)
        => HostGoodbye.Maintenance(ComeBack, ComeBack ? left + Downtime : null) with { After = left };
}
