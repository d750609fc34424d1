using System.Globalization;
using System.Text;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>
/// What was tried on a lease of ten minutes that nobody can extend or ask about: what happens to the clocks, when, and how the end of the
/// lease is noticed.
/// </summary>
internal static class ClockTable
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    public static IReadOnlyList<TimeSpan> Moments { get; } = [TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(530)];

    public static IReadOnlyList<string> Disturbances { get; } =
    [
        "nothing",
        "step +1 s", "step -1 s", "step +10 s", "step -10 s", "step +1 min", "step -1 min", "step +1 h", "step -1 h", "step +1 d",
        "step -1 d",
        "suspend 1 s", "suspend 1 min", "suspend 10 min", "suspend 1 h", "suspend 8 h", "suspend 48 h",
        "naps 20 x 0.9 s",
        "drift +0.1 %", "drift -0.1 %", "drift +0.01 %", "drift -0.01 %",
    ];

    public static string ToMarkdown()
    {
        var text = new StringBuilder("| what happens to the clocks |");
        foreach (TimeSpan moment in Moments)
        {
            text.Append(CultureInfo.InvariantCulture, $" {moment:m\\:ss} after Ready |");
        }

        text.Append("\n|---|---|---|---|\n");
        foreach (string disturbance in Disturbances)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {disturbance} |");
            foreach (TimeSpan moment in Moments)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Try(disturbance, moment).Description} |");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Tries one thing. The device does by itself what a renewal does: a look at every heartbeat, and a timer for the end.
    /// </summary>
    public static ClockTableCell Try(string disturbance, TimeSpan moment)
    {
        var time = new VirtualTimeProvider();
        var clock = new LeaseClock(time);
        var schedule = new RenewalSchedule(new LeaseRenewalOptions(TimeSpan.FromHours(1)));
        var losses = new LossWatch(schedule, time);
        double rate = Rate(disturbance);
        TimeSpan service = TimeSpan.Zero;
        var sent = Moment.Now(time);
        clock.Observe(
            RemoteRenderingModelFactory.RenderingSessionProperties(
                "s1", RenderingSessionStatus.Ready, "Standard", elapsedTime: TimeSpan.Zero, maxLeaseTime: Lease),
            sent, Moment.Now(time));
        var cell = new ClockTableCell(Lease);
        TimeSpan untilLook = TimeSpan.Zero;
        int naps = 0;
        for (TimeSpan awake = TimeSpan.Zero; awake < TimeSpan.FromMinutes(12) && !cell.IsOver; awake += Tick)
        {
            if (awake == moment)
            {
                service += Disturb(time, disturbance);
                cell.Disturbed(service);
            }

            if (disturbance.StartsWith("naps", StringComparison.Ordinal) && awake >= moment && naps < 20
                && awake.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                naps++;
                service += Sleep(time, TimeSpan.FromSeconds(0.9));
            }

            RenderingSessionLease lease = clock.Read(RenderingSessionStatus.Ready, Lease);
            if (untilLook <= TimeSpan.Zero)
            {
                untilLook = RenewalSchedule.Heartbeat;
                losses.Look(lease, out TimeSpan? untilLost);
                untilLook = untilLost is { } left && left < untilLook ? left : untilLook;
                cell.Looked(service, untilLost);
            }

            cell.Read(service, lease);
            time.AdvanceAlone(Tick);
            service += TimeSpan.FromTicks((long)(Tick.Ticks * rate));
            untilLook -= Tick;
        }

        return cell;
    }

    private static double Rate(string disturbance)
    {
        string[] words = disturbance.Split(' ');
        return words[0] == "drift" ? 1 + (double.Parse(words[1], CultureInfo.InvariantCulture) / 100) : 1;
    }

    /// <summary>Does it; tells how much time passes at the service meanwhile.</summary>
    private static TimeSpan Disturb(VirtualTimeProvider time, string disturbance)
    {
        string[] words = disturbance.Split(' ');
        if (words[0] == "step")
        {
            time.StepWallClock(Span(words));
        }

        return words[0] == "suspend" ? Sleep(time, Span(words)) : TimeSpan.Zero;
    }

    private static TimeSpan Sleep(VirtualTimeProvider time, TimeSpan span)
    {
        time.Suspend(span);
        return span;
    }

    private static TimeSpan Span(string[] words)
    {
        double number = double.Parse(words[1], CultureInfo.InvariantCulture);
        return words[2] switch
        {
            "s" => TimeSpan.FromSeconds(number),
            "min" => TimeSpan.FromMinutes(number),
            "h" => TimeSpan.FromHours(number),
            _ => TimeSpan.FromDays(number),
        };
    }
}
