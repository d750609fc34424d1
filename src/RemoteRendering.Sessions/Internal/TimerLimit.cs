namespace RemoteRendering.Sessions.Internal;

/// <summary>Timers of the system wait for 49.7 days at most. What may be longer away is looked at again in between.</summary>
internal static class TimerLimit
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static TimeSpan Cut(TimeSpan due) => due < Longest ? due : Longest;
}
