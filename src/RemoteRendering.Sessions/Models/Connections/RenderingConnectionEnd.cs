using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions;

/// <summary>Represents the end of a connection: the result of <c>RenderingConnection.Completion</c>.</summary>
public class RenderingConnectionEnd
{
    /// <summary>Creates the end from the last change of a connection.</summary>
    /// <param name="change">The last change.</param>
    public RenderingConnectionEnd(RenderingConnectionChange change) => Change = change;

    /// <summary>Gets the last change of the connection.</summary>
    public RenderingConnectionChange Change { get; }

    /// <summary>Gets the reason the connection ended.</summary>
    public RenderingConnectionReason Reason => Change.Reason;

    /// <summary>
    /// Gets the error that ended the connection: a <see cref="RenderingConnectionException"/> with a message, and with the code and the
    /// message of the host if it gave them. <see langword="null"/> when the application itself ended the connection, see
    /// <see cref="IsRequested"/>.
    /// </summary>
    public Exception? Error => Change.Error;

    /// <summary>
    /// Gets the time until the host accepts another attempt, counted from the end; <see langword="null"/> when the host named none.
    /// </summary>
    public TimeSpan? RetryAfter => Change.RetryAfter;

    /// <summary>Gets the advice for the application: reconnect now, later, or not at all.</summary>
    public RenderingConnectionAdvice Advice => ConnectionReasons.Advice(Reason, RetryAfter);

    /// <summary>
    /// Gets a value indicating whether the application itself ended the connection: it disconnected, cancelled, or stopped the session with
    /// this client.
    /// </summary>
    public bool IsRequested => Change.IsRequested;

    /// <summary>Returns the last change.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => Change.ToString();
}
