namespace RemoteRendering.Sessions.Connections.Options;

/// <summary>Never tries again.</summary>
internal sealed class NoReconnectPolicy : RenderingReconnectPolicy
{
    public override TimeSpan? NextDelay(RenderingReconnectContext context) => null;
}
