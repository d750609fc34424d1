namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>Represents the range of changes of a session handle that belong to one run. The lock of the controller guards it.</summary>
internal sealed class ConnectionSpan
{
    /// <summary>Gets or sets the number of the first change of the run.</summary>
    public long First { get; set; } = 1;

    /// <summary>Gets the number of the last change of the run; the largest number while the run continues.</summary>
    public long Last { get; private set; } = long.MaxValue;

    public RenderingConnectionChange LastChange { get; private set; }

    public bool IsOver => Last != long.MaxValue;

    public void Close(RenderingConnectionChange last)
    {
        Last = last.Number;
        LastChange = last;
    }
}
