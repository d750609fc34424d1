using System.Diagnostics;
using Azure;

namespace RemoteRendering.Sessions;

/// <summary>Runs an operation inside a span when somebody listens, and as it is when nobody does.</summary>
internal static class Traced
{
    public static Task<T> RunAsync<T, TState>(string name, string? sessionId, TState state, Func<TState, Task<T>> operation)
        => RemoteRenderingTelemetry.Source.HasListeners() ? RunTracedAsync(name, sessionId, state, operation) : operation(state);

    private static async Task<T> RunTracedAsync<T, TState>(string name, string? sessionId, TState state, Func<TState, Task<T>> operation)
    {
        using Activity? activity = RemoteRenderingTelemetry.Source.StartActivity(name, ActivityKind.Internal);
        if (sessionId is not null)
        {
            activity?.SetTag(RemoteRenderingTelemetry.SessionIdTag, sessionId);
        }

        try
        {
            return await operation(state).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            string type = exception is RequestFailedException { ErrorCode: { Length: > 0 } code } ? code : exception.GetType().Name;
            activity?.SetTag("error.type", type);
            activity?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}
