using System.Globalization;
using Azure;

namespace RemoteRendering.Sessions;

/// <summary>Reads when the service wants to be asked again: seconds, or a date.</summary>
internal static class RetryAfterHeader
{
    /// <summary>Nobody is left waiting longer than this by one answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static TimeSpan? Read(Response? response, TimeProvider time)
    {
        if (response is null || !response.Headers.TryGetValue("Retry-After", out string? text))
        {
            return null;
        }

        TimeSpan wait;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
        {
            wait = TimeSpan.FromSeconds((double)seconds);
        }
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date))
        {
            wait = date - (response.Headers.Date ?? time.GetUtcNow());
        }
        else
        {
            return null;
        }

        return wait <= TimeSpan.Zero ? null : (wait < Longest ? wait : Longest);
    }
}
