namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// At most ten attempts in any ten seconds. Jitter may draw several short waits in a row, and a link that drops right after every connect would then hammer the host; this holds whatever the dice say,
/// and is not felt after a single drop.
/// </summary>
internal sealed class AttemptBudget(TimeProvider time)
{
    public const int Attempts = 10;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly long[] _begun = new long[Attempts];
    private int _count;

    /// <summary>Notes that an attempt begins.</summary>
    public void OnAttempt() => _begun[_count++ % Attempts] = time.GetTimestamp();

    /// <summary>How long it is until the next attempt may begin; never negative.</summary>
    public TimeSpan Wait
    {
        get
        {
            if (_count < Attempts)
            {
                return TimeSpan.Zero;
            }

            TimeSpan rest = Window - time.GetElapsedTime(_begun[_count % Attempts]);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }
}
