namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// Limits attempts to ten in any ten seconds. Random jitter may produce several short waits in a row, and a link that drops directly after
/// every connect would then overload the host. The limit does not delay the attempts after a single drop.
/// </summary>
internal sealed class AttemptBudget(TimeProvider time)
{
    public const int Attempts = 10;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly long[] _begun = new long[Attempts];
    private int _count;

    /// <summary>Records the start of an attempt.</summary>
    public void OnAttempt() => _begun[_count++ % Attempts] = time.GetTimestamp();

    /// <summary>Gets the time until the next attempt may start; never negative.</summary>
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
