using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Reads the time to wait from an answer of the service, for all pauses of the client. A value that cannot be read counts as absent; it
/// does not throw.
/// </summary>
internal static class RetryAfterHeader
{
    /// <summary>The longest wait between two tries of one call.</summary>
    private static readonly TimeSpan LongestInACall = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Returns whether the wait of an answer is too long for a call. In that case the call fails, and the exception contains the wait.
    /// </summary>
    public static bool AsksForTooLong(Response? response, TimeProvider time) => Read(response, time) > LongestInACall;

    /// <summary>Reads the wait of an answer; <see langword="null"/> when it has none.</summary>
    public static TimeSpan? Read(Response? response, TimeProvider time)
        => response is null
            ? null
            : RetryAfter.ParseMilliseconds(Header(response, "retry-after-ms"))
                ?? RetryAfter.ParseMilliseconds(Header(response, "x-ms-retry-after-ms"))
                ?? RetryAfter.Parse(Header(response, "Retry-After"), Header(response, "Date"), time);

    /// <summary>Reads the wait of the last answer of a failure; <see langword="null"/> when there is no answer or it has none.</summary>
    public static TimeSpan? Read(Exception? failure, TimeProvider time)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            Response? answer = (inner as RenderingOutcomeUnknownException)?.LastAnswer
                ?? (inner as RequestFailedException)?.GetRawResponse();
            if (Read(answer, time) is { } wait)
            {
                return wait;
            }
        }

        return null;
    }

    private static string? Header(Response response, string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;
}
