namespace RemoteRendering.Sessions;

/// <summary>Represents how far a connect or a reconnect has come: what failed so far, and when the next attempt is made.</summary>
public class RenderingConnectionProgress
{
    internal static readonly RenderingConnectionProgress None = new(0, null, null);

    /// <summary>Creates the progress.</summary>
    /// <param name="failedAttempts">The number of attempts that failed.</param>
    /// <param name="lastFailure">The last failure, or <see langword="null"/>.</param>
    /// <param name="nextAttemptOn">When the next attempt is made, or <see langword="null"/>.</param>
    public RenderingConnectionProgress(int failedAttempts, RenderingConnectionException? lastFailure, DateTimeOffset? nextAttemptOn)
    {
        FailedAttempts = failedAttempts;
        LastFailure = lastFailure;
        NextAttemptOn = nextAttemptOn;
    }

    /// <summary>Gets the number of attempts that failed since the connect was asked for, or since the link was lost. 0 while connected.</summary>
    public int FailedAttempts { get; }

    /// <summary>
    /// Gets the failure of the last attempt, or, before the first attempt to come back, the error with which the link was lost; with the code and the words of the host where it gave some.
    /// <see langword="null"/> while connected, and before the first failure.
    /// </summary>
    public RenderingConnectionException? LastFailure { get; }

    /// <summary>Gets when the next attempt is made, by the wall clock of this device; <see langword="null"/> while an attempt is under way and when there is none to come.</summary>
    public DateTimeOffset? NextAttemptOn { get; }

    /// <summary>Returns the number of failed attempts, the last failure and the time of the next attempt.</summary>
    /// <returns>A line for people.</returns>
    public override string ToString()
    {
        string failed = FailedAttempts == 1 ? "1 attempt failed" : $"{FailedAttempts} attempts failed";
        string next = NextAttemptOn is { } on ? $", next attempt at {on:O}" : string.Empty;
        return LastFailure is { } failure ? $"{failed}{next}. Last failure: {failure.Message}" : $"{failed}{next}.";
    }
}
