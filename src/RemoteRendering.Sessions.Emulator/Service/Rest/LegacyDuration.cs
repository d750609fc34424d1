using System.Globalization;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The time spans of the v1 service: <c>h:m:s</c> with any number of hours (<c>24:0:0</c> is a day, not 24 days), or <c>d.hh:mm:ss</c>.</summary>
internal static class LegacyDuration
{
    /// <summary>Reads a lease in whole minutes; a part of a minute counts as a whole one.</summary>
    public static bool TryReadMinutes(string text, out long minutes)
    {
        minutes = 0;
        string[] parts = text.Split(':');
        if (parts.Length != 3)
        {
            return false;
        }

        long days = 0;
        string hourText = parts[0];
        int dot = hourText.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0 && !TryRead(hourText[..dot], 10_000, out days))
        {
            return false;
        }

        hourText = hourText[(dot + 1)..];
        if (!TryRead(hourText, dot >= 0 ? 23 : 100_000, out long hours) || !TryRead(parts[1], 59, out long wholeMinutes) || !TryRead(parts[2], 59, out long seconds))
        {
            return false;
        }

        minutes = (((days * 24) + hours) * 60) + wholeMinutes + (seconds > 0 ? 1 : 0);
        return true;
    }

    private static bool TryRead(string text, long max, out long value)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= max;
}
