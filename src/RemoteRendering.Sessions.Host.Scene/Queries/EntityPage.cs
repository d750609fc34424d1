using System.Buffers;
using System.Text.Json;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Queries;

/// <summary>Tells what a model created, a page at a time.</summary>
internal static class EntityPage
{
    private const int MaxPageBytes = 256 * 1024;

    /// <summary>Writes a page.</summary>
    /// <param name="graph">The scene.</param>
    /// <param name="root">The root of the model.</param>
    /// <param name="after">The last id that is known already.</param>
    /// <param name="part">The parts of the mesh of the next entity that are known already.</param>
    /// <param name="maxMessageBytes">The largest message between the two ends.</param>
    public static HostAnswer Write(SceneGraph graph, uint root, uint after, int part, int maxMessageBytes)
    {
        uint last = graph.LastIdOfModel(root)
            ?? throw new SceneException(SceneErrorCode.InvalidId, $"There is no model with the root {root}.");
        int limit = Math.Min(MaxPageBytes, maxMessageBytes / 2);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("entities"u8);
        uint known = Math.Max(after, root - 1);
        int nextPart = 0;
        while (known < last && nextPart == 0 && json.BytesCommitted + json.BytesPending < limit)
        {
            known++;
            if (graph.Find(known) is { } entity)
            {
                nextPart = Write(json, entity, part, limit);
            }

            part = 0;
        }

        // An entity with more parts than there is room for comes again, with the rest of them.
        known -= nextPart > 0 ? 1u : 0;

        json.WriteEndArray();
        if (known < last)
        {
            json.WriteNumber("next"u8, known);
        }

        if (nextPart > 0)
        {
            json.WriteNumber("nextPart"u8, nextPart);
        }

        json.WriteEndObject();
        json.Flush();
        return HostAnswer.Result(buffer.WrittenMemory);
    }

    /// <summary>Writes an entity; gives the first part of its mesh that had no room, 0 when all had.</summary>
    private static int Write(Utf8JsonWriter json, SceneEntity entity, int part, int limit)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, entity.Id);
        json.WriteNumber("parent"u8, entity.Parent!.Id);
        if (entity.Name.Length > 0)
        {
            json.WriteString("name"u8, entity.Name);
        }

        if (entity.Position != Vector3D.Zero)
        {
            json.WritePoint("position"u8, entity.Position);
        }

        if (!entity.Rotation.IsIdentity)
        {
            json.WriteRotation("rotation"u8, entity.Rotation);
        }

        if (entity.Scale != System.Numerics.Vector3.One)
        {
            json.WriteScale("scale"u8, entity.Scale);
        }

        if (!entity.IsEnabled)
        {
            json.WriteBoolean("enabled"u8, false);
        }

        int next = entity.Parts?.Mesh is { } mesh ? Write(json, mesh, part, limit) : 0;
        json.WriteEndObject();
        return next;
    }

    private static int Write(Utf8JsonWriter json, SceneMesh mesh, int part, int limit)
    {
        json.WriteStartObject("mesh"u8);
        json.WriteNumber("primitives"u8, mesh.Primitives);
        json.WriteStartArray("parts"u8);
        int i = part;
        for (; i < mesh.Parts.Count && (i == part || json.BytesCommitted + json.BytesPending < limit); i++)
        {
            json.WriteStartObject();
            json.WriteString("material"u8, mesh.Parts[i].Material);
            json.WriteNumber("primitives"u8, mesh.Parts[i].Primitives);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return i < mesh.Parts.Count ? i : 0;
    }
}
