namespace RemoteRendering.Sessions.Internal;

/// <summary>Limits waits to the 49.7 days of system timers. Longer waits are checked again in between.</summary>
internal static class TimerLimit
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan Cut(TimeSpan due) => due < Longest ? due : Longest;
}
