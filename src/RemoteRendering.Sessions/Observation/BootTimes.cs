namespace RemoteRendering.Sessions.Observation;

/// <summary>Stores the boot times of the last sessions of each size that this client observed. Thread-safe.</summary>
internal sealed class BootTimes
{
    /// <summary>Enough to estimate a distribution, few enough to follow its changes.</summary>
    private const int Kept = 16;

    private static readonly TimeSpan VaguestUseful = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly Dictionary<string, Queue<TimeSpan>> _boots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Records a boot whose duration is between two times.</summary>
    public void Record(RenderingSessionVmSize size, TimeSpan atLeast, TimeSpan atMost)
    {
        if (atMost < atLeast || atMost - atLeast > VaguestUseful)
        {
            return;
        }

        lock (_gate)
        {
            string key = size.ToString();
            if (!_boots.TryGetValue(key, out Queue<TimeSpan>? boots))
            {
                _boots.Add(key, boots = new Queue<TimeSpan>());
            }

            boots.Enqueue(TimeSpan.FromTicks((atLeast.Ticks + atMost.Ticks) / 2));
            if (boots.Count > Kept)
            {
                boots.Dequeue();
            }
        }
    }

    /// <summary>Gets the boot times of a size, shortest first. Empty when there were none.</summary>
    public TimeSpan[] Of(RenderingSessionVmSize size)
    {
        lock (_gate)
        {
            if (!_boots.TryGetValue(size.ToString(), out Queue<TimeSpan>? boots))
            {
                return [];
            }

            TimeSpan[] sorted = boots.ToArray();
            Array.Sort(sorted);
            return sorted;
        }
    }
}
