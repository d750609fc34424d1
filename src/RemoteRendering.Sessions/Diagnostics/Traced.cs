using System.Diagnostics;
using Azure;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Diagnostics;

/// <summary>Runs an operation inside a span if there is a listener; otherwise runs it without one.</summary>
internal static class Traced
{
    public static Task<T> RunAsync<T, TState>(string name, string? sessionId, TState state, Func<TState, Task<T>> operation)
        => RemoteRenderingTelemetry.Source.HasListeners() ? RunTracedAsync(name, sessionId, state, operation) : operation(state);

    /// <summary>
    /// Starts a span below the present one. In background work there is none, so the span is a root with a link to the span that started
    /// the work.
    /// </summary>
    /// <param name="name">The name of the span.</param>
    /// <param name="kind">The kind of the span.</param>
    /// <returns>The span; <see langword="null"/> when no listener samples it.</returns>
    public static Activity? Start(string name, ActivityKind kind)
        => Activity.Current is null && BackgroundWork.Starter is { } starter
            ? RemoteRenderingTelemetry.Source.StartActivity(name, kind, parentContext: default, links: [new ActivityLink(starter)])
            : RemoteRenderingTelemetry.Source.StartActivity(name, kind);

    private static async Task<T> RunTracedAsync<T, TState>(string name, string? sessionId, TState state, Func<TState, Task<T>> operation)
    {
        using Activity? activity = Start(name, ActivityKind.Internal);
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
