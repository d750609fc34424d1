namespace RemoteRendering.Sessions.Connections.Options;

/// <summary>A policy that makes no further attempt.</summary>
internal sealed class NoReconnectPolicy : RenderingReconnectPolicy
{
    public override TimeSpan? NextDelay(RenderingReconnectContext context) => null;
}
