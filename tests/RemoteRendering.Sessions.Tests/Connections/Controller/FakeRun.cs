using RemoteRendering.Sessions.Connections.Controller;
namespace RemoteRendering.Sessions.Tests.Connections.Controller;

/// <summary>A run that does nothing but write down what it is told.</summary>
internal sealed class FakeRun : IConnectionRun
{
    public ConnectionSpan Span { get; } = new();

    public bool PumpCallbacks { get; init; }

    public List<ConnectionEffects> Effects { get; } = [];

    public List<RenderingConnectionChange> Ends { get; } = [];

    public int Lost { get; private set; }

    public Action<ConnectionEffects>? OnApply { get; set; }

    public Action? OnLost { get; set; }

    public void Apply(ConnectionEffects effects)
    {
        Effects.Add(effects);
        OnApply?.Invoke(effects);
    }

    public void Log(in RenderingConnectionChange change)
    {
    }

    public void End(RenderingConnectionChange change) => Ends.Add(change);

    public void CancelLost()
    {
        Lost++;
        OnLost?.Invoke();
    }
}
