using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>Moves virtual time only while all started work waits for it.</summary>
public static class VirtualTimeExtensions
{
#pragma warning disable RS0030 // This is the one place that moves time.
    /// <summary>Only reached by a test that waits for what never comes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);

    /// <summary>
    /// Lets time pass from timer to timer, each time only once what the last one brought about has come to rest, and so has what the last
    /// of them brings about.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="span">How much time passes.</param>
    /// <param name="also">Another clock that passes by as much; its timers are late by as much as the first one's steps are long.</param>
    /// <returns>A task that completes when the time has passed and all work rests.</returns>
    public static async Task PassAsync(this VirtualTimeProvider time, TimeSpan span, VirtualTimeProvider? also = null)
    {
        long end = time.GetTimestamp() + span.Ticks;
        await Quiescence.WaitAsync();
        while (time.GetTimestamp() < end)
        {
            time.Step(TimeSpan.FromTicks(end - time.GetTimestamp()), also);
            await Quiescence.WaitAsync();
        }
    }

    /// <summary>
    /// Lets time pass from timer to timer, each time only once what the last one brought about has come to rest, until something has
    /// happened.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="hasHappened">Whether it has happened.</param>
    /// <param name="limit">How much time may pass; 2 days by default.</param>
    /// <param name="describe">Describes what there is instead, for the message.</param>
    /// <param name="also">Another clock that passes by as much.</param>
    /// <returns>A task that completes when it has happened.</returns>
    /// <exception cref="TimeoutException">It did not happen within the limit, or no timer is left.</exception>
    public static async Task PassUntilAsync(
        this VirtualTimeProvider time, Func<bool> hasHappened, TimeSpan? limit = null, Func<string>? describe = null,
        VirtualTimeProvider? also = null)
    {
        long start = time.GetTimestamp();
        await Quiescence.WaitAsync();
        while (!hasHappened())
        {
            TimeSpan left = (limit ?? Longest) - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || (limit is null && time.UntilNextTimer is null))
            {
                throw new TimeoutException(
                    $"It did not happen in {time.GetElapsedTime(start)}; {time.PendingTimers} timers wait. {describe?.Invoke()}");
            }

            time.Step(left, also);
            await Quiescence.WaitAsync();
        }
    }

    /// <summary>
    /// Moves time in one go, for code that has no other thread than the caller's, and from inside a call of the code under test.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <param name="span">How much time passes.</param>
    public static void AdvanceAlone(this VirtualTimeProvider time, TimeSpan span) => time.Advance(span);

    /// <summary>Lets the process stand still once all work rests: time passes in one go, and what falls due meanwhile is late.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="span">How long the process stands still.</param>
    /// <returns>A task that completes when the time has passed.</returns>
    public static async Task StallAsync(this VirtualTimeProvider time, TimeSpan span)
    {
        await Quiescence.WaitAsync();
        time.Advance(span);
    }

    private static void Step(this VirtualTimeProvider time, TimeSpan longest, VirtualTimeProvider? also)
    {
        TimeSpan step = time.UntilNextTimer is { } next && next < longest ? next : longest;
        if (also is { UntilNextTimer: { } other } && other < step)
        {
            step = other;
        }

        also?.Advance(step);
        time.Advance(step);
    }
#pragma warning restore RS0030
}
