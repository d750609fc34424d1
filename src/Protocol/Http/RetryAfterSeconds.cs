using System.Globalization;

namespace RemoteRendering.Sessions.Protocol.Http;

/// <summary>Writes the <c>Retry-After</c> header.</summary>
internal static class RetryAfterSeconds
{
    /// <summary>Returns a time in whole seconds, rounded up; at least 1.</summary>
    public static string Write(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
