using System.Collections.Frozen;
using System.Text.Json;

namespace RemoteRendering.Sessions.Host.Scene.Messages;

/// <summary>
/// The methods of a feature, with what answers each: the names that the host reads come from the table that requests are dispatched by.
/// </summary>
internal sealed class SceneMethodTable(IEnumerable<KeyValuePair<string, SceneMethod>> methods)
{
    private readonly FrozenDictionary<string, SceneMethod> _methods = methods.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _methods.Keys;

    /// <summary>
    /// Answers a request. The parameters are read and the method is started within the call, so that requests keep their order up to the
    /// first wait.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no such method.</exception>
    public async ValueTask<HostAnswer> InvokeAsync(HostRequest request)
    {
        if (!_methods.TryGetValue(request.Method, out SceneMethod? method))
        {
            throw new InvalidOperationException($"This feature has no method '{request.Method}'.");
        }

        try
        {
            ValueTask<HostAnswer> running;
            using (JsonDocument document = JsonDocument.Parse(request.Parameters.IsEmpty ? "{}"u8.ToArray() : request.Parameters))
            {
                running = method(new SceneParameters(document.RootElement), request);
            }

            return await running.ConfigureAwait(false);
        }
        catch (SceneException exception)
        {
            return SceneJson.Error(exception);
        }
    }
}
