using RemoteRendering.Sessions.Models.Connections;

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

    /// <summary>
    /// Gets the error that ended the connection, always a <see cref="RenderingConnectionException"/> with a sentence, and with the code and the words of the host where it gave some;
    /// <see langword="null"/> when the application itself ended it, see <see cref="IsRequested"/>.
    /// </summary>
    public Exception? Error => Change.Error;

    /// <summary>Gets when the host takes another attempt, where it said so; counted from the end.</summary>
    public TimeSpan? RetryAfter => Change.RetryAfter;

    /// <summary>Gets what an application should do: connect again now, later, or not at all.</summary>
    public RenderingConnectionAdvice Advice => ConnectionReasons.Advice(Reason, RetryAfter);

    /// <summary>Gets a value indicating whether the application itself ended the connection: it disconnected, cancelled, or stopped the session with this client.</summary>
    public bool IsRequested => Change.IsRequested;

    /// <summary>Returns the last change.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => Change.ToString();
}
