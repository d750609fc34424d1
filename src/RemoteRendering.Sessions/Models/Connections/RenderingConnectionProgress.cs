namespace RemoteRendering.Sessions;

/// <summary>Represents the progress of a connect or a reconnect: the failures so far and the time of the next attempt.</summary>
public class RenderingConnectionProgress
{
    internal static readonly RenderingConnectionProgress None = new(0, null, null);

    /// <summary>Creates the progress.</summary>
    /// <param name="failedAttempts">The number of attempts that failed.</param>
    /// <param name="lastFailure">The last failure, or <see langword="null"/>.</param>
    /// <param name="nextAttemptOn">The time of the next attempt, or <see langword="null"/>.</param>
    public RenderingConnectionProgress(int failedAttempts, RenderingConnectionException? lastFailure, DateTimeOffset? nextAttemptOn)
    {
        FailedAttempts = failedAttempts;
        LastFailure = lastFailure;
        NextAttemptOn = nextAttemptOn;
    }

    /// <summary>
    /// Gets the number of attempts that failed since the connect was requested, or since the link was lost. 0 while connected.
    /// </summary>
    public int FailedAttempts { get; }

    /// <summary>
    /// Gets the failure of the last attempt, or, before the first attempt to reconnect, the error with which the link was lost. It contains
    /// the code and the message of the host if it gave them. <see langword="null"/> while connected, and before the first failure.
    /// </summary>
    public RenderingConnectionException? LastFailure { get; }

    /// <summary>
    /// Gets the time of the next attempt, by the wall clock of this device; <see langword="null"/> while an attempt is running and when
    /// there will be none.
    /// </summary>
    public DateTimeOffset? NextAttemptOn { get; }

    /// <summary>Returns the number of failed attempts, the last failure and the time of the next attempt.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString()
    {
        string failed = FailedAttempts == 1 ? "1 attempt failed" : $"{FailedAttempts} attempts failed";
        string next = NextAttemptOn is { } on ? $", next attempt at {on:O}" : string.Empty;
        return LastFailure is { } failure ? $"{failed}{next}. Last failure: {failure.Message}" : $"{failed}{next}.";
    }
}
