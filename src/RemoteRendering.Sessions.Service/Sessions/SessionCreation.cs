namespace RemoteRendering.Sessions.Service;

/// <summary>Represents what the creation of a session asks for.</summary>
public sealed class SessionCreation
{
    /// <summary>Initializes a new instance of the <see cref="SessionCreation"/> class.</summary>
    /// <param name="accountId">The account that owns the session.</param>
    /// <param name="sessionId">The id of the session, unique within the account.</param>
    /// <param name="size">The size of the host.</param>
    /// <param name="leaseMinutes">The total lease in minutes, counted from Ready; not negative.</param>
    /// <param name="models">The addresses of models to load ahead; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentException"><paramref name="sessionId"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="sessionId"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="leaseMinutes"/> is negative.</exception>
    public SessionCreation(Guid accountId, string sessionId, SessionSize size, int leaseMinutes, IReadOnlyList<string>? models = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(sessionId);
        ArgumentOutOfRangeException.ThrowIfNegative(leaseMinutes);
        AccountId = accountId;
        SessionId = sessionId;
        Size = size;
        LeaseMinutes = leaseMinutes;
        Models = models ?? [];
    }

    /// <summary>Gets the account that owns the session.</summary>
    public Guid AccountId { get; }

    /// <summary>Gets the id of the session, unique within the account.</summary>
    public string SessionId { get; }

    /// <summary>Gets the size of the host.</summary>
    public SessionSize Size { get; }

    /// <summary>Gets the total lease in minutes, counted from Ready.</summary>
    public int LeaseMinutes { get; }

    /// <summary>Gets the addresses of the models to load ahead.</summary>
    public IReadOnlyList<string> Models { get; }
}
