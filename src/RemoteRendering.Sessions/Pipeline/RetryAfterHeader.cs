using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>Reads when the service wants to be asked again. The one reader for all pauses of the client; what it cannot read is absent, and it does not throw.</summary>
internal static class RetryAfterHeader
{
    /// <summary>The longest wait between two tries of one call.</summary>
    private static readonly TimeSpan LongestInACall = TimeSpan.FromMinutes(5);

    /// <summary>Gets a value indicating whether the wait that an answer asks for is too long for a call: then the call fails, and the failure says when to come back.</summary>
    public static bool AsksForTooLong(Response? response, TimeProvider time) => Read(response, time) > LongestInACall;

    /// <summary>Reads the wait that an answer asks for; <see langword="null"/> when it asks for none.</summary>
    public static TimeSpan? Read(Response? response, TimeProvider time)
        => response is null
            ? null
            : RetryAfter.ParseMilliseconds(Header(response, "retry-after-ms"))
                ?? RetryAfter.ParseMilliseconds(Header(response, "x-ms-retry-after-ms"))
                ?? RetryAfter.Parse(Header(response, "Retry-After"), Header(response, "Date"), time);

    /// <summary>Reads the wait that the last answer behind a failure asks for; <see langword="null"/> when there is no answer or it asks for none.</summary>
    public static TimeSpan? Read(Exception? failure, TimeProvider time)
    {
        for (Exception? inner = failure; inner is not null; inner = inner.InnerException)
        {
            Response? answer = (inner as RenderingOutcomeUnknownException)?.LastAnswer ?? (inner as RequestFailedException)?.GetRawResponse();
            if (Read(answer, time) is { } wait)
            {
                return wait;
            }
        }

        return null;
    }

    private static string? Header(Response response, string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;
}
