using System.Globalization;
using System.Text;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>What the sessions that the emulator remembers have cost, in host minutes: from Ready to the end of each.</summary>
public sealed class EmulatorCostReport
{
    internal EmulatorCostReport(IEnumerable<SessionSnapshot> sessions)
    {
        Sessions = [.. sessions.Select(session => new EmulatorSessionCost(session))];
        TotalHostTime = TimeSpan.FromTicks(Sessions.Sum(session => session.HostTime.Ticks));
    }

    /// <summary>Gets the sessions, in the order of their creation.</summary>
    public IReadOnlyList<EmulatorSessionCost> Sessions { get; }

    /// <summary>Gets the host time of all sessions together.</summary>
    public TimeSpan TotalHostTime { get; }

    /// <summary>Gets <see cref="TotalHostTime"/> in minutes.</summary>
    public double TotalHostMinutes => TotalHostTime.TotalMinutes;

    /// <summary>Shows the report as text, one session a line and the total last.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (EmulatorSessionCost session in Sessions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{session.SessionId} {session.Size} {session.State} {session.HostMinutes:0.00} host minutes").Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"total {TotalHostMinutes:0.00} host minutes").ToString();
    }
}
