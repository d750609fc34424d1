namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// One use of a session, second by second since it became ready: when the user works, when the device sleeps, what fails, and how it ends.
/// </summary>
internal sealed class LeaseTrace
{
    /// <summary>
    /// How long a dropped connection tries to come back before it has ended: what the emulator's host and the client take by default.
    /// </summary>
    private const int ReconnectFor = 75;

    private readonly List<(int From, int To)> _outages = [];
    private readonly List<(int From, int To)> _drops = [];
    private readonly List<(int From, int To)> _sleeps = [];

    private LeaseTrace()
    {
    }

    /// <summary>How the use ends.</summary>
    public enum Ending
    {
        /// <summary>The app stops the session.</summary>
        Stopped,

        /// <summary>The app ends immediately and does not stop the session.</summary>
        Crashed,

        /// <summary>The device is put down: the app runs on, disconnected.</summary>
        LeftRunning,
    }

    /// <summary>Gets the last second of use.</summary>
    public int UseEnds { get; private init; }

    /// <summary>Gets the second at which the app's process ends.</summary>
    public int AppEnds { get; private init; }

    public Ending End { get; private init; }

    public int Seed { get; private init; }

    public static LeaseTrace Make(int seed)
    {
        var random = new Random(seed);
        int use = Math.Clamp((int)(1500 * Math.Exp(Normal(random) * 0.9)), 60, 14_400);
        double how = random.NextDouble();
        Ending end = how < 0.5 ? Ending.Stopped : how < 0.85 ? Ending.Crashed : Ending.LeftRunning;
        var trace = new LeaseTrace
        {
            Seed = seed,
            UseEnds = use,
            End = end,
            AppEnds = end == Ending.LeftRunning ? use + random.Next(600, 7_200) : use,
        };
        Fill(trace._outages, random, every: 1_200, 1, 31, trace.AppEnds);
        Fill(trace._drops, random, every: 900, 2, 121, trace.AppEnds);
        Fill(trace._sleeps, random, every: 3_600, 5, 1_201, trace.UseEnds);
        return trace;
    }

    public bool IsOut(int second) => Covers(_outages, second);

    public bool IsAsleep(int second) => Covers(_sleeps, second);

    /// <summary>
    /// Whether the device was asleep until so lately that the service answered it for less than a while: what ended in its sleep is not the
    /// renewal's fault.
    /// </summary>
    public bool HasJustWoken(int second, int within)
    {
        for (int answered = 0; second >= 0 && answered < within; second--)
        {
            if (IsAsleep(second))
            {
                return true;
            }

            answered += IsOut(second) ? 0 : 1;
        }

        return false;
    }

    public bool IsConnected(int second) => second < UseEnds && !IsAsleep(second) && !Covers(_drops, second);

    /// <summary>
    /// The connection from the client's side. A drop is repaired for as long as the host keeps the binding, counted in time awake; after
    /// that the connection has ended, and the app makes another when the network is back. A user who leaves the app running leaves it with
    /// a drop, too: the device goes out of reach.
    /// </summary>
    public ConnectionStatus StatusAt(int second)
    {
        if (IsConnected(second))
        {
            return ConnectionStatus.Connected;
        }

        int awake = 0;
        for (int at = second; at >= 0 && awake < ReconnectFor; at--)
        {
            if (IsConnected(at))
            {
                return ConnectionStatus.Reconnecting;
            }

            awake += IsAsleep(at) ? 0 : 1;
        }

        return ConnectionStatus.Disconnected;
    }

    private static bool Covers(List<(int From, int To)> spans, int second)
    {
        foreach ((int from, int to) in spans)
        {
            if (second >= from && second < to)
            {
                return true;
            }
        }

        return false;
    }

    private static void Fill(List<(int From, int To)> spans, Random random, int every, int shortest, int longest, int until)
    {
        double at = 0;
        while ((at += -Math.Log(1 - random.NextDouble()) * every) < until)
        {
            int length = random.Next(shortest, longest);
            spans.Add(((int)at, (int)at + length));
            at += length;
        }
    }

    private static double Normal(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
