namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// The service's side of one lease. The session is ready from second 0; a small part of it may have passed before the first read.
/// </summary>
internal sealed class SimulatedLease(LeaseTrace trace, int leaseMinutes, UpdateBehavior behavior = UpdateBehavior.Immediate)
{
    private readonly Random _random = new(trace.Seed ^ 0x5EED);
    private readonly Random _effects = new(trace.Seed ^ 0xEFF);
    private (int Minutes, int At)? _later;

    public int Minutes { get; private set; } = leaseMinutes;

    public int Requests { get; private set; }

    /// <summary>Applies what was accepted and is due.</summary>
    public void Pass(int second)
    {
        if (_later is { } later && second >= later.At)
        {
            Minutes = later.At < Minutes * 60 ? Math.Max(Minutes, later.Minutes) : Minutes;
            _later = null;
        }
    }

    /// <summary>Sends a request: tells when the answer comes, and whether it does.</summary>
    public (int AnswerAt, bool Succeeds, int Elapsed, int Lease) Send(int second, int timeout, int? minutes = null)
    {
        Requests++;
        int travel = _random.NextDouble() < 0.05 ? _random.Next(2, 9) : _random.NextDouble() < 0.3 ? 1 : 0;
        if (trace.IsOut(second))
        {
            // Half of what fails fails immediately; the rest hangs.
            return (second + (_random.Next(2) == 0 ? 1 : timeout), false, 0, 0);
        }

        int at = second + (travel / 2);
        Pass(at);
        int said = Minutes;
        if (minutes > Minutes && at < Minutes * 60)
        {
            Accept(Math.Min(minutes.Value, 24 * 60), at);
            said = behavior == UpdateBehavior.Immediate ? Minutes : said;
        }

        bool isLost = _random.NextDouble() < 0.01 || travel > timeout;
        return (second + Math.Min(travel, timeout), !isLost, at / 60, said);
    }

    private void Accept(int minutes, int second)
    {
        UpdateBehavior effect = behavior;
        if (behavior == UpdateBehavior.Mixed)
        {
            double which = _effects.NextDouble();
            effect = which < 0.6 ? UpdateBehavior.Immediate : which < 0.85 ? UpdateBehavior.Late : UpdateBehavior.Never;
        }

        if (effect == UpdateBehavior.Immediate)
        {
            Minutes = minutes;
        }
        else if (effect == UpdateBehavior.Late)
        {
            _later = (minutes, Math.Min(_later?.At ?? int.MaxValue, second + _effects.Next(1, 46)));
        }
    }
}
