using System.Globalization;

namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Parses the three date formats of HTTP headers (RFC 9110, 5.6.7). This is the only parser of dates of a peer; a date in another format
/// counts as absent.
/// </summary>
internal static class HttpDate
{
    private static readonly string[] Formats =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Parses a date; <see langword="null"/> when it is absent or unreadable. Does not throw.</summary>
    /// <param name="text">The value of the header.</param>
    /// <returns>The moment, in UTC.</returns>
    public static DateTimeOffset? Parse(string? text)
#pragma warning disable RS0030 // This is the place for it.
        => DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces, out DateTimeOffset date)
#pragma warning restore RS0030
            ? date
            : null;
}
