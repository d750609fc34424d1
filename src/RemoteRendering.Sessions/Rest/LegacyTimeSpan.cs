using System.Globalization;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Rest;

/// <summary>
/// The time spans of the <c>v1</c> service. <c>h:m:s</c> may have any number of hours, so that <c>24:0:0</c> is 24 hours, where .NET's own parser would read
/// 24 days; <c>d.hh:mm:ss</c> has days. Both may carry fractions of a second.
/// </summary>
internal static class LegacyTimeSpan
{
    /// <summary>Writes whole minutes unambiguously: below a day as <c>h:m:s</c>, a day as <c>1.00:00:00</c>.</summary>
    public static string Format(int minutes) => minutes < LeaseMinutes.Max
        ? string.Format(CultureInfo.InvariantCulture, "{0:00}:{1:00}:00", minutes / 60, minutes % 60)
        : string.Format(CultureInfo.InvariantCulture, "{0}.{1:00}:{2:00}:00", minutes / LeaseMinutes.Max, minutes % LeaseMinutes.Max / 60, minutes % 60);

    public static bool TryParse(string text, out TimeSpan value)
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

        if (!TryWhole(hourText, days > 0 || dot >= 0 ? 23 : 100_000, out long hours) || !TryWhole(parts[1], 59, out long minutes))
        {
            return false;
        }

        if (!decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds) || seconds < 0 || seconds >= 60)
        {
            return false;
        }

        value = new TimeSpan((((((days * 24) + hours) * 60) + minutes) * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static bool TryWhole(string text, long max, out long value)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
}
