namespace RemoteRendering.Sessions;

/// <summary>How to wait for a session to become ready.</summary>
public class RenderingSessionWaitOptions
{
    private TimeSpan? _timeout = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets a value indicating whether the session is stopped when the wait is cancelled or times out, so that it does not become ready, and cost, with nobody there.</summary>
    /// <value><see langword="false"/> by default. The cancelled call returns at once; the stop goes on behind it, and disposing the handle waits for it.</value>
    public bool StopWhenAbandoned { get; set; }

    /// <summary>Gets or sets how long to wait in all.</summary>
    /// <value>30 minutes by default (real hosts took up to 3). <see langword="null"/> waits without end.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan? Timeout
    {
        get => _timeout;
        set
        {
            if (value <= TimeSpan.Zero)
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero; null waits without end.");
            }

            _timeout = value;
        }
    }
}
