using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents a change of a connection. Changes are numbered without gaps over the life of a session handle. Events, streams and tasks
/// report the same changes.
/// </summary>
public readonly struct RenderingConnectionChange : IEquatable<RenderingConnectionChange>
{
    internal RenderingConnectionChange(
        long number, ConnectionStatus oldStatus, ConnectionStatus status, RenderingConnectionReason reason, in ConnectionCause cause,
        DateTimeOffset time)
    {
        Number = number;
        OldStatus = oldStatus;
        Status = status;
        Reason = reason;
        SceneKept = cause.SceneKept;
        RetryAfter = cause.RetryAfter;
        EndsIn = cause.EndsIn;
        Error = cause.Error;
        IsRequested = cause.IsStoppedHere || reason is RenderingConnectionReason.DisconnectRequest or RenderingConnectionReason.Cancelled;
        Time = time;
    }

    /// <summary>Gets the number of the change, from 1, incremented by one for each change of the session handle.</summary>
    public long Number { get; }

    /// <summary>Gets the status before this change.</summary>
    public ConnectionStatus OldStatus { get; }

    /// <summary>Gets the status after this change.</summary>
    public ConnectionStatus Status { get; }

    /// <summary>Gets the reason for the change.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>
    /// Gets a value indicating whether the host still has the scene that this connection had before the change. It is meaningful only for a
    /// change to <see cref="ConnectionStatus.Connected"/>: <see langword="false"/> for the first one, <see langword="true"/> for an
    /// announcement (<see cref="EndsIn"/>).
    /// </summary>
    public bool SceneKept { get; }

    /// <summary>
    /// Gets the time until the host accepts another attempt, counted from this change; <see langword="null"/> when the host named none.
    /// </summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Gets the remaining time of the link, counted from this change, when the host has announced its end: before a restart, or because
    /// another device takes over the session.
    /// </summary>
    /// <value>
    /// <see langword="null"/> except for such an announcement, which keeps the status: a change from
    /// <see cref="ConnectionStatus.Connected"/> to <see cref="ConnectionStatus.Connected"/> with the reason of the coming end. The end
    /// itself is a separate change.
    /// </value>
    public TimeSpan? EndsIn { get; }

    /// <summary>
    /// Gets the error of a change to <see cref="ConnectionStatus.Reconnecting"/> or <see cref="ConnectionStatus.Disconnected"/>, or of an
    /// announced end. It is a <see cref="RenderingConnectionException"/> with a message, and with the code and the message of the host if
    /// it gave them.
    /// </summary>
    /// <value><see langword="null"/> for other changes, and for changes that the application itself requested.</value>
    public Exception? Error { get; }

    /// <summary>
    /// Gets a value indicating whether the application requested the change: it disconnected, cancelled the connect, or stopped the session
    /// with this client.
    /// </summary>
    public bool IsRequested { get; }

    /// <summary>Gets the time of the change, by the wall clock of this device.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Gets a value indicating whether this is the last change of its connection.</summary>
    public bool IsTerminal => Status == ConnectionStatus.Disconnected && Number > 0;

    /// <summary>Determines whether two changes are equal.</summary>
    /// <param name="left">One change.</param>
    /// <param name="right">Another change.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(RenderingConnectionChange left, RenderingConnectionChange right) => left.Equals(right);

    /// <summary>Determines whether two changes differ.</summary>
    /// <param name="left">One change.</param>
    /// <param name="right">Another change.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RenderingConnectionChange left, RenderingConnectionChange right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RenderingConnectionChange other)
        => Number == other.Number && OldStatus == other.OldStatus && Status == other.Status && Reason == other.Reason
            && SceneKept == other.SceneKept && RetryAfter == other.RetryAfter && EndsIn == other.EndsIn
            && ReferenceEquals(Error, other.Error)
            && IsRequested == other.IsRequested && Time == other.Time;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RenderingConnectionChange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode();

    /// <summary>Returns the number, both statuses and the reason.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString()
        => EndsIn is { } rest ? $"#{Number} {Status}, ends in {rest}: {Reason}" : $"#{Number} {OldStatus} -> {Status}: {Reason}";
}
