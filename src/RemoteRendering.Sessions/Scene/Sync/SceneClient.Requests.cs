using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Requests that include all writes made before them.</summary>
internal sealed partial class SceneClient
{
    /// <summary>Sends a query about the present scene.</summary>
    public Task<T> AskAsync<TState, T>(
        string method, TState state, Action<Utf8JsonWriter, TState> write, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        SceneGraph graph;
        lock (Gate)
        {
            graph = Current_NeedsGate();
        }

        return AskAsync(graph, null, method, state, write, read, cancellationToken);
    }

    /// <summary>Sends a query about an entity.</summary>
    public Task<T> AskAboutAsync<TState, T>(
        Entity entity, string method, TState state, Action<Utf8JsonWriter, TState> write, Func<JsonElement, T> read,
        CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            entity.Check_NeedsGate();
        }

        return AskAsync(entity.Graph, entity, method, state, write, read, cancellationToken);
    }

    /// <summary>Sends a request after all pending writes, for a scene that still exists.</summary>
    public Task<T> SendAsync<T>(SceneGraph graph, HostRequest<T> request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        request.Epoch = graph.Epoch;
        HostLink? link;
        lock (Gate)
        {
            HostLink? flushed = graph.IsLost ? null : Flush_NeedsGate();
            link = _binding.Enqueue(request) ?? flushed;
        }

        link?.Pump();
        request.Watch(_binding, cancellationToken);
        return request.Task;
    }

    /// <summary>Sends a request without waiting for the answer.</summary>
    public void Tell<TState>(long epoch, string method, TState state, Action<Utf8JsonWriter, TState> write)
    {
        var request = new SceneNotice { Epoch = epoch };
        HostRequestEncoder.Encode(request, method, state, write);
        try
        {
            _binding.Submit(request);
        }
        catch (RenderingConnectionException)
        {
            // Its target no longer exists, which was the purpose of the request.
        }
    }

    private async Task<T> AskAsync<TState, T>(
        SceneGraph graph, Entity? entity, string method, TState state, Action<Utf8JsonWriter, TState> write, Func<JsonElement, T> read,
        CancellationToken cancellationToken)
    {
        var request = new HostRequest<T>((ref Utf8JsonReader reader) =>
        {
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return read(document.RootElement);
        });
        HostRequestEncoder.Encode(request, method, state, write);
        try
        {
            return await SendAsync(graph, request, cancellationToken).ConfigureAwait(false);
        }
        catch (RenderingRequestException exception)
        {
            throw SceneErrors.Translate(exception, entity, null);
        }
    }
}
