namespace RemoteRendering.Sessions;

/// <summary>Represents a change of a session in a watch. Immutable.</summary>
public class RenderingSessionChange
{
    internal RenderingSessionChange(
        long number, RenderingSessionChangeKinds kinds, RenderingSessionProperties? previous, RenderingSessionProperties current,
        RenderingSessionEndReason? endReason)
    {
        Number = number;
        Kinds = kinds;
        Previous = previous;
        Current = current;
        EndReason = endReason;
    }

    /// <summary>Gets the number of the change in its watch, from 1 and without gaps.</summary>
    public long Number { get; }

    /// <summary>Gets the id of the session.</summary>
    public string SessionId => Current.Id;

    /// <summary>Gets the kinds of the change.</summary>
    public RenderingSessionChangeKinds Kinds { get; }

    /// <summary>Gets the properties before the change; <see langword="null"/> for the first change of a session.</summary>
    public RenderingSessionProperties? Previous { get; }

    /// <summary>Gets the properties after the change.</summary>
    public RenderingSessionProperties Current { get; }

    /// <summary>Gets the reason the session ended; <see langword="null"/> while it has not.</summary>
    public RenderingSessionEndReason? EndReason { get; }

    /// <summary>Gets the error of a session that failed, or <see langword="null"/>.</summary>
    public RemoteRenderingServiceError? Error => Current.Error;

    /// <summary>Returns the number, the session and the change.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => $"{Number}: {Current}, {Kinds}{(EndReason is { } reason ? ", " + reason : string.Empty)}";
}
