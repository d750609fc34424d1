namespace RemoteRendering.Sessions.Internal;

/// <summary>Parses the time to wait that a peer sent: seconds or a date (RFC 9110, 10.2.3). Does not throw.</summary>
internal static class RetryAfter
{
    /// <summary>The longest wait of one answer; a longer one is limited to this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>Parses the value of a <c>Retry-After</c> header.</summary>
    /// <param name="value">The value of the header.</param>
    /// <param name="date">
    /// The value of the answer's <c>Date</c> header, against which a date is measured: the clock of the peer may differ from that of this
    /// machine.
    /// </param>
    /// <param name="time">The clock to measure against if there is no readable <paramref name="date"/>.</param>
    /// <returns>The wait, more than zero and at most an hour; <see langword="null"/> when there is none or it is unreadable.</returns>
    public static TimeSpan? Parse(string? value, string? date, TimeProvider time)
    {
        TimeSpan? wait = ParseNumber(value, TimeSpan.TicksPerSecond)
            ?? (HttpDate.Parse(value) is { } until ? until - (HttpDate.Parse(date) ?? time.GetUtcNow()) : null);
        return Cut(wait);
    }

    /// <summary>Parses the value of a header with a wait in milliseconds, see <see cref="Parse"/>.</summary>
    public static TimeSpan? ParseMilliseconds(string? value) => Cut(ParseNumber(value, TimeSpan.TicksPerMillisecond));

    private static TimeSpan? Cut(TimeSpan? wait) => wait > TimeSpan.Zero ? (wait < Longest ? wait : Longest) : null;

    /// <summary>Parses a number of any length: a number that exceeds an integer is still a long wait.</summary>
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
