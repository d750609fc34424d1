namespace RemoteRendering.Sessions.Internal;

/// <summary>Parses when a peer wants to be asked again: seconds or a date (RFC 9110, 10.2.3). Does not throw.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait that one answer can ask for; a longer one is cut to this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Parses the value of a <c>Retry-After</c> header.</summary>
    /// <param name="value">The value of the header.</param>
    /// <param name="date">The value of the answer's <c>Date</c> header, against which a date is measured: the peer's clock may be another than ours.</param>
    /// <param name="time">The clock to measure against where there is no readable <paramref name="date"/>.</param>
    /// <returns>The wait, more than zero and at most an hour; <see langword="null"/> when there is none or it is unreadable.</returns>
    public static TimeSpan? Parse(string? value, string? date, TimeProvider time)
    {
        TimeSpan? wait = ParseNumber(value, TimeSpan.TicksPerSecond)
            ?? (HttpDate.Parse(value) is { } until ? until - (HttpDate.Parse(date) ?? time.GetUtcNow()) : null);
        return Cut(wait);
    }

    /// <summary>Parses the value of a header that gives the wait in milliseconds, see <see cref="Parse"/>.</summary>
    public static TimeSpan? ParseMilliseconds(string? value) => Cut(ParseNumber(value, TimeSpan.TicksPerMillisecond));

    private static TimeSpan? Cut(TimeSpan? wait) => wait > TimeSpan.Zero ? (wait < Longest ? wait : Longest) : null;

    /// <summary>A number of any length: one that no integer can hold is a long wait all the same.</summary>
    private static TimeSpan? ParseNumber(string? text, long ticksPerUnit)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        long ticks = 0;
        foreach (char digit in text!)
        {
            if (digit is < '0' or > '9')
            {
                return null;
            }

            ticks = Math.Min((ticks * 10) + ((digit - '0') * ticksPerUnit), TimeSpan.TicksPerDay);
        }

        return TimeSpan.FromTicks(ticks);
    }
}
