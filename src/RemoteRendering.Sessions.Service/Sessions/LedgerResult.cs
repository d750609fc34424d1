namespace RemoteRendering.Sessions.Service;

/// <summary>Represents the result of an operation of an <see cref="ISessionLedger"/> on one session.</summary>
public readonly struct LedgerResult
{
    /// <summary>Initializes a new instance of the <see cref="LedgerResult"/> struct.</summary>
    /// <param name="isApplied">Whether the operation changed the session.</param>
    /// <param name="session">The session after the operation; <see langword="null"/> when none is remembered.</param>
    /// <exception cref="ArgumentException">An applied change has no session.</exception>
    public LedgerResult(bool isApplied, SessionSnapshot? session)
    {
        if (isApplied && session is null)
        {
            throw new ArgumentException("A change that was applied must have a session.", nameof(session));
        }

        IsApplied = isApplied;
        Session = session;
    }

    /// <summary>Gets a value indicating whether the operation changed the session.</summary>
    public bool IsApplied { get; }

    /// <summary>Gets the session after the operation; <see langword="null"/> when none with this id is remembered.</summary>
    public SessionSnapshot? Session { get; }
}
