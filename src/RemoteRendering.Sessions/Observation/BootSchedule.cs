namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Schedules the next read of a starting session by the boot times of similar ones: often when it may become ready at any moment, seldom
/// otherwise. A pure function.
/// </summary>
internal static class BootSchedule
{
    /// <summary>The number of boots below which there is no schedule.</summary>
    public const int FewestBoots = 2;

    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1.6);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SeldomWhenLittleIsKnown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns the time to wait.</summary>
    /// <param name="age">The time since the session was created.</param>
    /// <param name="boots">The boot times of other sessions, shortest first; at least <see cref="FewestBoots"/>.</param>
    public static TimeSpan NextLook(TimeSpan age, TimeSpan[] boots)
    {
        TimeSpan longest = boots.Length < 5 ? SeldomWhenLittleIsKnown : Seldom;
        TimeSpan? passed = null;
        for (int first = 0; first < boots.Length;)
        {
            int last = LastOfGroup(boots, first);
            TimeSpan start = TimeSpan.FromTicks((boots[first].Ticks * 97 / 100) - Slack.Ticks);
            TimeSpan end = TimeSpan.FromTicks((boots[last].Ticks * 103 / 100) + Slack.Ticks);
            if (age < start)
            {
                TimeSpan wait = AfterAGroup(age, passed, longest);
                return AtLeastShortest(start - age < wait ? start - age : wait);
            }

            if (age <= end)
            {
                return Often;
            }

            passed = end;
            first = last + 1;
        }

        return AtLeastShortest(AfterAGroup(age, passed, SeldomWhenLittleIsKnown));
    }

    /// <summary>Boots with similar times form a group; between groups no boot is expected.</summary>
    private static int LastOfGroup(TimeSpan[] boots, int first)
    {
        int last = first;
        while (last + 1 < boots.Length && (boots[last + 1] - boots[last]).Ticks <= boots[last + 1].Ticks / 5)
        {
            last++;
        }

        return last;
    }

    /// <summary>A late boot is most likely only a little late.</summary>
    private static TimeSpan AfterAGroup(TimeSpan age, TimeSpan? passed, TimeSpan longest)
    {
        if (passed is not { } end)
        {
            return longest;
        }

        var growing = TimeSpan.FromTicks(Often.Ticks + ((age - end).Ticks / 2));
        return growing < longest ? growing : longest;
    }

    private static TimeSpan AtLeastShortest(TimeSpan wait) => wait > Shortest ? wait : Shortest;
}
