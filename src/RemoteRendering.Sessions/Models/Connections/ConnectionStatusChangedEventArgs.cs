namespace RemoteRendering.Sessions;

/// <summary>Provides the data of <c>RenderingSession.ConnectionStatusChanged</c>.</summary>
public class ConnectionStatusChangedEventArgs : EventArgs
{
    /// <summary>Creates the arguments.</summary>
    /// <param name="change">The change.</param>
    public ConnectionStatusChangedEventArgs(RenderingConnectionChange change) => Change = change;

    /// <summary>Gets the change. <c>RenderingConnection.Changes</c> reports the same change under the same number.</summary>
    public RenderingConnectionChange Change { get; }

    /// <summary>Gets the status after this change. When a handler runs, the connection may have changed further.</summary>
    public ConnectionStatus Status => Change.Status;

    /// <summary>Gets the reason for the change.</summary>
    public RenderingConnectionReason Reason => Change.Reason;
}
