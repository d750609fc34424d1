using System.Numerics;
using System.Text.Json;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Represents an entity of a model in an answer of the host.</summary>
internal sealed class ListedEntity
{
    public uint Id { get; private set; }

    public uint Parent { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public Double3 Position { get; private set; }

    public Quaternion Rotation { get; private set; } = Quaternion.Identity;

    public Vector3 Scale { get; private set; } = Vector3.One;

    public bool Enabled { get; private set; } = true;

    public long Primitives { get; private set; }

    /// <summary>Gets the parts of the mesh; <see langword="null"/> without one.</summary>
    public List<MeshComponentPart>? Parts { get; private set; }

    /// <summary>Reads a page.</summary>
    /// <returns>Its entities, and the start of the next page; null after the last one.</returns>
    public static (List<ListedEntity> Page, ListCursor? Next) ReadPage(ref Utf8JsonReader reader)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement answer = document.RootElement;
        var page = new List<ListedEntity>();
        foreach (JsonElement item in answer.GetProperty("entities").EnumerateArray())
        {
            page.Add(Read(item));
        }

        return (page, answer.TryGetProperty("next", out JsonElement next)
            ? new ListCursor(next.GetUInt32(), answer.TryGetProperty("nextPart", out JsonElement part) ? part.GetInt32() : 0)
            : null);
    }

    private static ListedEntity Read(JsonElement item)
    {
        var entity = new ListedEntity { Id = item.GetProperty("id").GetUInt32() };
        foreach (JsonProperty member in item.EnumerateObject())
        {
            entity.ReadMember(member.Name, member.Value);
        }

        return entity;
    }

    private void ReadMember(string name, JsonElement value)
    {
        switch (name)
        {
            case "parent":
                Parent = value.GetUInt32();
                break;
            case "name":
                Name = value.GetString() ?? string.Empty;
                break;
            case "position":
                Position = SceneReader.ReadDouble3(value);
                break;
            case "rotation":
                Rotation = SceneReader.ReadQuaternion(value);
                break;
            case "scale":
                Scale = SceneReader.ReadVector3(value);
                break;
            case "enabled":
                Enabled = value.GetBoolean();
                break;
            case "mesh":
                ReadMesh(value);
                break;
            default:
                break;
        }
    }

    private void ReadMesh(JsonElement mesh)
    {
        Primitives = mesh.TryGetProperty("primitives", out JsonElement primitives) ? primitives.GetInt64() : 0;
        var parts = new List<MeshComponentPart>();
        if (mesh.TryGetProperty("parts", out JsonElement list))
        {
            foreach (JsonElement part in list.EnumerateArray())
            {
                parts.Add(new MeshComponentPart(
                    part.TryGetProperty("material", out JsonElement material) ? material.GetString() ?? string.Empty : string.Empty,
                    part.TryGetProperty("primitives", out JsonElement count) ? count.GetInt64() : 0));
            }
        }

        Parts = parts;
    }
}
