namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Which of a session handle's changes belong to one run. The controller's lock guards it.</summary>
internal sealed class ConnectionSpan
{
    /// <summary>Gets or sets the number of the run's first change.</summary>
    public long First { get; set; } = 1;

    /// <summary>Gets the number of the run's last change, the largest number there is while the run goes on.</summary>
    public long Last { get; private set; } = long.MaxValue;

    public RenderingConnectionChange LastChange { get; private set; }

    public bool IsOver => Last != long.MaxValue;

    public void Close(RenderingConnectionChange last)
    {
        Last = last.Number;
        LastChange = last;
    }
}
