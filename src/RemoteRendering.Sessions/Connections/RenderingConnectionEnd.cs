namespace RemoteRendering.Sessions;

/// <summary>Why a connection ended: the result of <c>RenderingConnection.Completion</c>.</summary>
public class RenderingConnectionEnd
{
    /// <summary>Creates the details from the last change of a connection.</summary>
    /// <param name="change">The last change.</param>
    public RenderingConnectionEnd(RenderingConnectionChange change) => Change = change;

    /// <summary>Gets the last change of the connection.</summary>
    public RenderingConnectionChange Change { get; }

    /// <summary>Gets the cause.</summary>
    public RenderingConnectionReason Reason => Change.Reason;

    /// <summary>Gets what lies behind the cause, if it was an exception.</summary>
    public Exception? Error => Change.Error;

    /// <summary>Gets a value indicating whether the application itself ended the connection: it disconnected, cancelled, or stopped the session with this client.</summary>
    public bool IsRequested => Change.IsRequested;

    /// <summary>Returns the last change.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => Change.ToString();
}
