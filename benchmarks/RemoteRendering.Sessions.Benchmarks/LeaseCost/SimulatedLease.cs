namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>The service's side of one lease. The session is ready from second 0; a small part of it may have been before anybody looked.</summary>
internal sealed class SimulatedLease(LeaseTrace trace, int leaseMinutes)
{
    private readonly Random _random = new(trace.Seed ^ 0x5EED);

    public int Minutes { get; private set; } = leaseMinutes;

    public int Requests { get; private set; }

    /// <summary>Sends a request: tells when the answer comes, and whether it does.</summary>
    public (int AnswerAt, bool Succeeds, int Elapsed, int Lease) Send(int second, int timeout, int? minutes = null)
    {
        Requests++;
        int travel = _random.NextDouble() < 0.05 ? _random.Next(2, 9) : _random.NextDouble() < 0.3 ? 1 : 0;
        if (trace.IsOut(second))
        {
            // Half of what fails fails at once; the rest hangs.
            return (second + (_random.Next(2) == 0 ? 1 : timeout), false, 0, 0);
        }

        int at = second + (travel / 2);
        if (minutes > Minutes && at < Minutes * 60)
        {
            Minutes = Math.Min(minutes.Value, 24 * 60);
        }

        bool isLost = _random.NextDouble() < 0.01 || travel > timeout;
        return (second + Math.Min(travel, timeout), !isLost, at / 60, Minutes);
    }
}
