namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Provides waits on an injected clock, without an upper limit: those of the system accept at most 49.7 days, and options may be longer.
/// The names differ from those of Microsoft.Bcl.TimeProvider on .NET Standard, so that they cannot be confused.
/// </summary>
internal static class TimeProviderExtensions
{
    public static async Task DelayAsync(this TimeProvider time, TimeSpan delay, CancellationToken cancellationToken = default)
    {
        if (delay == Timeout.InfiniteTimeSpan || delay <= TimerLimit.Longest)
        {
            await DelayOnceAsync(time, delay, cancellationToken).ConfigureAwait(false);
            return;
        }

        long end = time.TimestampIn(delay);
        while (time.GetElapsedTime(time.GetTimestamp(), end) is { } left && left > TimeSpan.Zero)
        {
            await DelayOnceAsync(time, TimerLimit.Cut(left), cancellationToken).ConfigureAwait(false);
        }
    }

    public static CancellationTokenSource CreateTimeout(this TimeProvider time, TimeSpan delay)
#pragma warning disable RS0030 // This is the place for them.
#if NET8_0_OR_GREATER
        => delay > TimerLimit.Longest ? new LongDeadline(time, delay) : new CancellationTokenSource(delay, time);

    private static Task DelayOnceAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
        => Task.Delay(delay, time, cancellationToken);
#else
        => delay > TimerLimit.Longest
            ? new LongDeadline(time, delay)
            : TimeProviderTaskExtensions.CreateCancellationTokenSource(time, delay);

    private static Task DelayOnceAsync(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken)
        => TimeProviderTaskExtensions.Delay(time, delay, cancellationToken);
#endif
#pragma warning restore RS0030
}
