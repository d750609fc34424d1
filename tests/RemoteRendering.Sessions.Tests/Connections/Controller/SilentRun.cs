using RemoteRendering.Sessions.Connections.Controller;

namespace RemoteRendering.Sessions.Tests.Connections.Controller;

internal sealed class SilentRun : IConnectionRun
{
    public ConnectionSpan Span { get; } = new();

    public bool PumpCallbacks => false;

    public void Log(in RenderingConnectionChange change)
    {
    }

    public void Apply(ConnectionEffects effects)
    {
    }

    public void End(RenderingConnectionChange change)
    {
    }

    public void CancelLost()
    {
    }
}
