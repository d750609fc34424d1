using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>Requests whose sender repeats them by a schedule of its own: the pipeline does not, so that what the service says about when to come back is heard at once.</summary>
internal static class SingleTry
{
    private const string Property = "RemoteRendering.Sessions.SingleTry";

    private static readonly Dictionary<string, object?> Properties = new() { [Property] = true };

    /// <summary>Begins a stretch in which all requests are sent once.</summary>
    /// <returns>Ends it.</returns>
    public static IDisposable Begin() => HttpPipeline.CreateHttpMessagePropertiesScope(Properties);

    public static bool IsMeantFor(HttpMessage message) => message.TryGetProperty(Property, out _);
}
