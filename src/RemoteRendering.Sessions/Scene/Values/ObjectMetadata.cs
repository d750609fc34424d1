using System.Text.Json;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the metadata of an entity in the file of its model.</summary>
public class ObjectMetadata
{
    /// <summary>Creates metadata.</summary>
    /// <param name="metadata">The entries.</param>
    /// <exception cref="ArgumentNullException"><paramref name="metadata"/> is null.</exception>
    public ObjectMetadata(IReadOnlyList<ObjectMetadataEntry> metadata)
        => Metadata = metadata ?? throw new ArgumentNullException(nameof(metadata));

    /// <summary>Gets the entries, in the order of the file.</summary>
    public IReadOnlyList<ObjectMetadataEntry> Metadata { get; }

    /// <summary>Finds the entry with a name.</summary>
    /// <param name="name">The name, case-sensitive.</param>
    /// <returns>The entry; <see langword="null"/> when there is none.</returns>
    public ObjectMetadataEntry? GetMetadataByName(string name) => Metadata.FirstOrDefault(entry => entry.Name == name);

    internal static ObjectMetadata Read(JsonElement json)
        => new(json.ValueKind == JsonValueKind.Object
            ? [.. json.EnumerateObject().Select(static property => ObjectMetadataEntry.Read(property.Name, property.Value))]
            : json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? [] : [ObjectMetadataEntry.Read("extras", json)]);
}
