namespace RemoteRendering.Sessions;

/// <summary>Provides the options of a wait for a session to become ready.</summary>
public class RenderingSessionWaitOptions
{
    private TimeSpan? _timeout = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Gets or sets a value indicating whether the session is stopped when the wait is cancelled or times out, so that it does not become
    /// ready, and is not billed, without a user.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>. A cancelled call returns immediately; the stop continues in the background, and disposing
    /// the handle waits for it.
    /// </value>
    public bool StopWhenAbandoned { get; set; }

    /// <summary>Gets or sets the longest duration of the wait.</summary>
    /// <value>The default is 30 minutes (hosts of the retired service took up to 3). <see langword="null"/> waits without a limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero, or null for no limit.");
            }

            _timeout = value;
        }
    }
}
