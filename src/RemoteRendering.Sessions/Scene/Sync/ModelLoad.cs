using System.Numerics;
using System.Text.Json;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Loads one model: uploads its files if needed, makes the host load them, and reads the resulting entities.</summary>
internal sealed class ModelLoad(SceneClient client, SceneGraph graph, LoadModelOptions options, IProgress<float>? progress)
{
    private readonly List<Entity> _entities = [];
    private float _progressFrom;
    private float _reported = -1;

    public async Task<LoadModelResult> RunAsync(CancellationToken cancellationToken)
    {
        uint upload = 0;
        try
        {
            if (options.IsUpload)
            {
                upload = await new ModelUpload(client, graph, options, value => Report((float)value * 0.5f)).RunAsync(cancellationToken)
                    .ConfigureAwait(false);
                _progressFrom = 0.5f;
            }

            LoadedModel loaded = await LoadAsync(upload, cancellationToken).ConfigureAwait(false);
            await ListAsync(loaded.Root, cancellationToken).ConfigureAwait(false);
            Report(1);
            return new LoadModelResult(_entities[0], _entities, loaded.Primitives, loaded.Warnings);
        }
        catch (RenderingRequestException exception)
        {
            throw SceneErrors.Translate(exception, null, options.Name);
        }
        finally
        {
            if (upload != 0)
            {
                client.Tell(graph.Epoch, SceneMethods.EndUpload, upload, static (writer, number) =>
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("upload"u8, number);
                    writer.WriteEndObject();
                });
            }
        }
    }

    private Task<LoadedModel> LoadAsync(uint upload, CancellationToken cancellationToken)
    {
        var request = new HostRequest<LoadedModel>(static (ref Utf8JsonReader reader) =>
        {
            using JsonDocument answer = JsonDocument.ParseValue(ref reader);
            return new LoadedModel(
                answer.RootElement.GetProperty("root").GetUInt32(), answer.RootElement.GetProperty("primitives").GetInt64(),
                LoadModelWarning.ReadAll(answer.RootElement));
        })
        {
            OnProgress = value => Report(_progressFrom + ((1 - _progressFrom) * (float)Math.Min(Math.Max(value, 0), 0.99))),

            // Cancelled too late: the host has the model, but this client has no reference to it.
            OnUnclaimed = loaded => DestroyUnseen(loaded.Root),
        };
        HostRequestEncoder.Encode(request, SceneMethods.LoadModel, (options, upload), static (writer, state) =>
        {
            writer.WriteStartObject();
            if (state.upload != 0)
            {
                writer.WriteNumber("upload"u8, state.upload);
            }
            else
            {
                writer.WriteString("uri"u8, state.options.Address);
            }

            writer.WriteNumber("parent"u8, state.options.Parent?.Id ?? 0);
            writer.WriteEndObject();
        });
        return client.SendAsync(graph, request, cancellationToken);
    }

    private async Task ListAsync(uint root, CancellationToken cancellationToken)
    {
        bool known = false;
        try
        {
            var items = new List<ListedEntity>();
            for (ListCursor? cursor = default(ListCursor); cursor is { } from;)
            {
                (List<ListedEntity> page, ListCursor? next) = await ListPageAsync(root, from, cancellationToken).ConfigureAwait(false);
                if (from.Part > 0 && page.Count > 0 && items.Count > 0 && page[0].Id == items[items.Count - 1].Id)
                {
                    items[items.Count - 1].Parts?.AddRange(page[0].Parts ?? []);
                    page.RemoveAt(0);
                }

                items.AddRange(page);
                cursor = next is { } later && later.IsBehind(from) ? next : null;
            }

            Adopt(root, items);
            known = true;
        }
        finally
        {
            if (!known)
            {
                DestroyUnseen(root);
            }
        }
    }

    private Task<(List<ListedEntity> Page, ListCursor? Next)> ListPageAsync(uint root, ListCursor from, CancellationToken cancellationToken)
    {
        var request = new HostRequest<(List<ListedEntity> Page, ListCursor? Next)>(
            static (ref Utf8JsonReader reader) => ListedEntity.ReadPage(ref reader));
        HostRequestEncoder.Encode(request, SceneMethods.ListEntities, (root, from), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("root"u8, state.root);
            writer.WriteNumber("after"u8, state.from.After);
            if (state.from.Part > 0)
            {
                writer.WriteNumber("part"u8, state.from.Part);
            }

            writer.WriteEndObject();
        });
        return client.SendAsync(graph, request, cancellationToken);
    }

    private void Adopt(uint root, List<ListedEntity> items)
    {
        lock (graph.Gate)
        {
            if (graph.IsLost)
            {
                throw new RenderingConnectionException(
                    RenderingConnectionReason.SceneLost, "The scene was lost while the model was being loaded.");
            }

            Entity.CheckParent_NeedsGate(graph, options.Parent);
            if (items.Count == 0 || items[0].Id != root)
            {
                throw new RenderingConnectionException(
                    RenderingConnectionReason.ProtocolError, "The host did not list the entities of the model.");
            }

            foreach (ListedEntity item in items)
            {
                Entity? parent = item.Id == root ? options.Parent : graph.Find(item.Parent);
                Entity entity = graph.Adopt(item.Id, parent);
                entity.Load_NeedsGate(
                    item.Name, item.Position, item.Rotation, item.Scale, item.Enabled,
                    item.Parts is null ? null : new MeshComponent(entity, item.Primitives, item.Parts));
                _entities.Add(entity);
            }
        }
    }

    private void DestroyUnseen(uint root)
    {
        lock (graph.Gate)
        {
            if (!graph.IsLost)
            {
                graph.DestroyUnseen(root);
            }
        }
    }

    private void Report(float value)
    {
        if (progress is not null && value > _reported)
        {
            _reported = value;
            client.Post(() => progress.Report(value));
        }
    }
}
