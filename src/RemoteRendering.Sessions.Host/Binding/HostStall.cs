namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>
/// Notes in the history that the host did not run for a while: its process was stopped, or its machine. A reader could not tell that from a
/// ghost.
/// </summary>
internal sealed class HostStall(TimeProvider time, IHostJournal journal)
{
    /// <summary>How late a timer may be before it is taken for a sign that the host did not run.</summary>
    private static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private long _from = long.MaxValue;
    private long _until;

    /// <summary>Looks how late something is that was due at a timestamp.</summary>
    public void Notice(long due)
    {
        long now = time.GetTimestamp();
        TimeSpan late = time.GetElapsedTime(due, now);
        if (late <= Threshold)
        {
            return;
        }

        lock (_gate)
        {
            if (due >= _from && time.GetElapsedTime(_until, now) <= Threshold)
            {
                // One stall makes many timers late.
                return;
            }

            _from = due;
            _until = now;
            journal.HostStalled(late);
        }
    }
}
