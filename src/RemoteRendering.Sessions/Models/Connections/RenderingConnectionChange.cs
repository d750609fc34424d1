using RemoteRendering.Sessions.Models.Connections;

namespace RemoteRendering.Sessions;

/// <summary>One change of a connection. Changes are numbered without gaps over the life of a session handle, and everything that reports changes reports these.</summary>
public readonly struct RenderingConnectionChange : IEquatable<RenderingConnectionChange>
{
    internal RenderingConnectionChange(
        long number, ConnectionStatus oldStatus, ConnectionStatus status, RenderingConnectionReason reason, in ConnectionCause cause, DateTimeOffset time)
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

    /// <summary>Gets the number of the change, from 1, growing by one with each change of the session handle.</summary>
    public long Number { get; }

    /// <summary>Gets the status before.</summary>
    public ConnectionStatus OldStatus { get; }

    /// <summary>Gets the status from this change on.</summary>
    public ConnectionStatus Status { get; }

    /// <summary>Gets the cause.</summary>
    public RenderingConnectionReason Reason { get; }

    /// <summary>
    /// Gets a value indicating whether the host still has the scene that this connection had before the change. Says something for a change to
    /// <see cref="ConnectionStatus.Connected"/> only; false for the first one, true for an announcement (<see cref="EndsIn"/>).
    /// </summary>
    public bool SceneKept { get; }

    /// <summary>Gets when the host takes another attempt, where it said so; counted from this change.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>
    /// Gets how long the link still works, counted from this change, where the host has said that it will end it: before a restart, or because another device takes the session over.
    /// </summary>
    /// <value>
    /// Not <see langword="null"/> exactly for such an announcement, which keeps the status: a change from <see cref="ConnectionStatus.Connected"/> to
    /// <see cref="ConnectionStatus.Connected"/> with the reason of the end to come. The end itself is a change of its own.
    /// </value>
    public TimeSpan? EndsIn { get; }

    /// <summary>
    /// Gets the error behind a change to <see cref="ConnectionStatus.Reconnecting"/> or <see cref="ConnectionStatus.Disconnected"/>, and behind an announced end: always a
    /// <see cref="RenderingConnectionException"/> with a sentence, and with the code and the words of the host where it gave some.
    /// </summary>
    /// <value><see langword="null"/> for other changes, and for what the application itself asked for.</value>
    public Exception? Error { get; }

    /// <summary>Gets a value indicating whether the application asked for the change: it disconnected, cancelled the connect, or stopped the session with this client.</summary>
    public bool IsRequested { get; }

    /// <summary>Gets when it happened, by the wall clock of this device.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Gets a value indicating whether this is the last change of its connection.</summary>
    public bool IsTerminal => Status == ConnectionStatus.Disconnected && Number > 0;

    /// <summary>Determines whether two changes are the same.</summary>
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
            && SceneKept == other.SceneKept && RetryAfter == other.RetryAfter && EndsIn == other.EndsIn && ReferenceEquals(Error, other.Error)
            && IsRequested == other.IsRequested && Time == other.Time;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RenderingConnectionChange other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Number.GetHashCode();

    /// <summary>Returns number, both statuses and the cause.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => EndsIn is { } rest ? $"#{Number} {Status}, ends in {rest}: {Reason}" : $"#{Number} {OldStatus} -> {Status}: {Reason}";
}
