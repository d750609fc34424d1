namespace RemoteRendering.Sessions;

/// <summary>Tells a handler of <c>RenderingSession.ConnectionStatusChanged</c> what changed.</summary>
public class ConnectionStatusChangedEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="change">The change.</param>
    public ConnectionStatusChangedEventArgs(RenderingConnectionChange change) => Change = change;

    /// <summary>Gets the change, the same that <c>RenderingConnection.Changes</c> reports under its number.</summary>
    public RenderingConnectionChange Change { get; }

    /// <summary>Gets the status from this change on. By the time a handler runs the connection may be further: this is what the change said.</summary>
    public ConnectionStatus Status => Change.Status;

    /// <summary>Gets the cause.</summary>
    public RenderingConnectionReason Reason => Change.Reason;
}
