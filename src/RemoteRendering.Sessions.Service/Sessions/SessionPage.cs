namespace RemoteRendering.Sessions.Service;

/// <summary>Represents one page of a list of sessions.</summary>
public sealed class SessionPage
{
    /// <summary>Initializes a new instance of the <see cref="SessionPage"/> class.</summary>
    /// <param name="sessions">The sessions, in the order of their creation.</param>
    /// <param name="next">The number after which the next page begins; <see langword="null"/> on the last page.</param>
    /// <exception cref="ArgumentNullException"><paramref name="sessions"/> is null.</exception>
    public SessionPage(IReadOnlyList<SessionSnapshot> sessions, long? next)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        Sessions = sessions;
        Next = next;
    }

    /// <summary>Gets the sessions, in the order of their creation.</summary>
    public IReadOnlyList<SessionSnapshot> Sessions { get; }

    /// <summary>Gets the number after which the next page begins; <see langword="null"/> on the last page.</summary>
    public long? Next { get; }
}
