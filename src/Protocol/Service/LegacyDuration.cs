using System.Globalization;

namespace RemoteRendering.Sessions.Protocol.Service;

/// <summary>
/// The time spans of the <c>v1</c> service. <c>h:m:s</c> may have any number of hours, so that <c>24:0:0</c> is 24 hours, where .NET's own
/// parser would read 24 days; <c>d.hh:mm:ss</c> has days.
/// </summary>
internal static class LegacyDuration
{
    /// <summary>
    /// Writes whole seconds so that every reader agrees: below a day as <c>hh:mm:ss</c>, from a day on as <c>d.hh:mm:ss</c>.
    /// </summary>
    public static string Format(TimeSpan time)
        => new TimeSpan(time.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond).ToString("c", CultureInfo.InvariantCulture);

    /// <summary>Reads a time span.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fractions">Whether the seconds may have a fraction, as in answers.</param>
    /// <param name="value">The time span.</param>
    public static bool TryParse(string text, bool fractions, out TimeSpan value)
    {
        value = default;
        string[] parts = text.Split(':');
        if (parts.Length != 3)
        {
            return false;
        }

        long days = 0;
        string hourText = parts[0];
        int dot = hourText.IndexOf('.');
        if (dot >= 0)
        {
            if (!TryWhole(hourText.Substring(0, dot), 10_000, out days))
            {
                return false;
            }

            hourText = hourText.Substring(dot + 1);
        }

        if (!TryWhole(hourText, dot >= 0 ? 23 : 100_000, out long hours) || !TryWhole(parts[1], 59, out long minutes))
        {
            return false;
        }

        NumberStyles style = fractions ? NumberStyles.AllowDecimalPoint : NumberStyles.None;
        if (!decimal.TryParse(parts[2], style, CultureInfo.InvariantCulture, out decimal seconds) || seconds < 0 || seconds >= 60)
        {
            return false;
        }

        value =
            new TimeSpan((((((days * 24) + hours) * 60) + minutes) * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static bool TryWhole(string text, long max, out long value)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
}
