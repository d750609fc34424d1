using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>What a host says before it ends a link.</summary>
/// <param name="Reason">The reason, as the protocol has it.</param>
/// <param name="ComeBack">Whether the binding survives.</param>
/// <param name="After">How long the link still works.</param>
/// <param name="RetryAfter">The earliest moment to come back.</param>
internal sealed record HostGoodbye(string Reason, bool ComeBack, TimeSpan After = default, TimeSpan? RetryAfter = null)
{
    public static HostGoodbye LinkSuperseded { get; } = new(HostGoodbyeReason.LinkSuperseded, ComeBack: false);

    public static HostGoodbye TakenOver(TimeSpan after) => new(HostGoodbyeReason.TakenOver, ComeBack: false, after);

    public static HostGoodbye Maintenance(bool comeBack, TimeSpan? retryAfter)
        => new(HostGoodbyeReason.Maintenance, comeBack, RetryAfter: retryAfter);
}
