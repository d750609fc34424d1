using System.Globalization;
using Azure;

namespace RemoteRendering.Sessions;

/// <summary>Reads when the service wants to be asked again: seconds, or a date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Nobody is left waiting longer than this by one answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>No call waits longer than this for its next try.</summary>
    private static readonly TimeSpan LongestInACall = TimeSpan.FromMinutes(5);

    /// <summary>Whether the next try, made when the service asks for it, would keep the caller waiting too long. Azure.Core would wait, whatever the header says.</summary>
    public static bool AsksForTooLong(Response response)
        => Read(response, TimeProvider.System) > LongestInACall || IsTooManyMilliseconds(response, "retry-after-ms") || IsTooManyMilliseconds(response, "x-ms-retry-after-ms");

    private static bool IsTooManyMilliseconds(Response response, string header)
        => response.Headers.TryGetValue(header, out string? text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int time) && time > LongestInACall.TotalMilliseconds;

    public static TimeSpan? Read(Response? response, TimeProvider time)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out string? text))
        {
            return null;
        }

        response.Headers.TryGetValue("Date", out string? sent);
        return Read(text, sent, time);
    }

    /// <summary>Reads the header of an answer that did not come through the pipeline.</summary>
    /// <param name="text">The header.</param>
    /// <param name="sent">The <c>Date</c> of the answer, if it has one: the clock that a date is compared with.</param>
    /// <param name="time">The clock of this device, used when there is no <c>Date</c>.</param>
    public static TimeSpan? Read(string? text, string? sent, TimeProvider time)
    {
        if (text is null)
        {
            return null;
        }

        TimeSpan wait;
        if (text.Length > 0 && text.All(static digit => digit is >= '0' and <= '9'))
        {
            wait = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? TimeSpan.FromSeconds((double)seconds) : Longest;
        }
        else if (TryReadDate(text, out DateTimeOffset date))
        {
            wait = date - (TryReadDate(sent, out DateTimeOffset now) ? now : time.GetUtcNow());
        }
        else
        {
            return null;
        }

        return wait <= TimeSpan.Zero ? null : (wait < Longest ? wait : Longest);
    }

    private static bool TryReadDate(string? text, out DateTimeOffset date)
        => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
