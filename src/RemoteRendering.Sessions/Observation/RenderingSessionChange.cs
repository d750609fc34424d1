namespace RemoteRendering.Sessions;

/// <summary>A change of a session, as a watch saw it. Immutable.</summary>
public class RenderingSessionChange
{
    internal RenderingSessionChange(
        long number, RenderingSessionChangeKinds kinds, RenderingSessionProperties? previous, RenderingSessionProperties current, RenderingSessionEndReason? endReason)
    {
        Number = number;
        Kinds = kinds;
        Previous = previous;
        Current = current;
        EndReason = endReason;
    }

    /// <summary>Gets the number of the change in its watch: 1 is the first, and none is left out.</summary>
    public long Number { get; }

    /// <summary>Gets the id of the session.</summary>
    public string SessionId => Current.Id;

    /// <summary>Gets what is different.</summary>
    public RenderingSessionChangeKinds Kinds { get; }

    /// <summary>Gets what was known before; <see langword="null"/> for the first change of a session.</summary>
    public RenderingSessionProperties? Previous { get; }

    /// <summary>Gets what is known now.</summary>
    public RenderingSessionProperties Current { get; }

    /// <summary>Gets how the session ended; <see langword="null"/> while it has not.</summary>
    public RenderingSessionEndReason? EndReason { get; }

    /// <summary>Gets why the session failed, when it did and the service said why.</summary>
    public RemoteRenderingServiceError? Error => Current.Error;

    /// <summary>Returns number, session and change.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString() => $"{Number}: {Current}, {Kinds}{(EndReason is { } reason ? ", " + reason : string.Empty)}";
}
