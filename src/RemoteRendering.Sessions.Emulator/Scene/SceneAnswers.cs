using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Renderer;
using RemoteRendering.Sessions.Emulator.Scene.Queries;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Scene;

/// <summary>Runs what a feature does for a request, and turns what it refuses into an answer.</summary>
internal static class SceneAnswers
{
    /// <summary>Reads the parameters and runs; both at once, so that requests keep their order up to the first wait.</summary>
    public static async ValueTask<HostAnswer> RunAsync(HostRequest request, Func<SceneParameters, HostRequest, ValueTask<HostAnswer>> run)
    {
        try
        {
            ValueTask<HostAnswer> running;
            using (JsonDocument document = JsonDocument.Parse(request.Parameters.IsEmpty ? "{}"u8.ToArray() : request.Parameters))
            {
                running = run(new SceneParameters(document.RootElement), request);
            }

            return await running.ConfigureAwait(false);
        }
        catch (SceneException exception)
        {
            return exception.ToAnswer();
        }
    }
}
