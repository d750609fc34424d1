namespace RemoteRendering.Sessions.Service;

/// <summary>Represents the reason a session is in Error, as the <c>error</c> member of a session reports it.</summary>
public sealed class SessionFailure
{
    private static readonly SessionFailure _noStandard =
        new("StandardCapacityExhausted", "No Standard host is free in this region. A Premium host may be.");

    private static readonly SessionFailure _noPremium =
        new("PremiumCapacityExhausted", "No Premium host is free in this region. A Standard host may be.");

    /// <summary>Initializes a new instance of the <see cref="SessionFailure"/> class.</summary>
    /// <param name="code">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public SessionFailure(string code, string message)
    {
        ArgumentNullException.ThrowIfNull(code);
        ArgumentNullException.ThrowIfNull(message);
        Code = code;
        Message = message;
    }

    /// <summary>Gets the error code.</summary>
    public string Code { get; }

    /// <summary>Gets a message that describes the error.</summary>
    public string Message { get; }

    internal static SessionFailure LacksCapacity(SessionSize size) => size == SessionSize.Standard ? _noStandard : _noPremium;
}
