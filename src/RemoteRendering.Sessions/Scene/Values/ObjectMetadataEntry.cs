using System.Text.Json;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a metadata entry. Reading it as another type than <see cref="Type"/> throws.</summary>
public class ObjectMetadataEntry
{
    private readonly long _whole;
    private readonly double _number;
    private readonly string _text;

    /// <summary>Creates an entry with a Boolean value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public ObjectMetadataEntry(string name, bool value)
        : this(name, MetadataValueType.Bool, value ? 1 : 0, 0, string.Empty)
    {
    }

    /// <summary>Creates an entry with an integer.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public ObjectMetadataEntry(string name, long value)
        : this(name, MetadataValueType.Int64, value, value, string.Empty)
    {
    }

    /// <summary>Creates an entry with a floating-point number.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public ObjectMetadataEntry(string name, double value)
        : this(name, MetadataValueType.Double, 0, value, string.Empty)
    {
    }

    /// <summary>Creates an entry with a string.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ObjectMetadataEntry(string name, string value)
        : this(name, MetadataValueType.String, 0, 0, value ?? throw new ArgumentNullException(nameof(value)))
    {
    }

    private ObjectMetadataEntry(string name, MetadataValueType type, long whole, double number, string text)
    {
        Guard.NotNull(name, nameof(name));
        Name = name;
        Type = type;
        _whole = whole;
        _number = number;
        _text = text;
    }

    /// <summary>Gets the name.</summary>
    public string Name { get; }

    /// <summary>Gets the type of the value.</summary>
    public MetadataValueType Type { get; }

    /// <summary>Gets the value as a Boolean.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public bool AsBool => Type == MetadataValueType.Bool ? _whole != 0 : throw Wrong();

    /// <summary>Gets the value as an integer.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public long AsInt64 => Type == MetadataValueType.Int64 ? _whole : throw Wrong();

    /// <summary>Gets the value, an integer or a floating-point number, as a double.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public double AsDouble => Type is MetadataValueType.Double or MetadataValueType.Int64 ? _number : throw Wrong();

    /// <summary>Gets the value as a string; lists and objects as JSON.</summary>
    /// <exception cref="InvalidOperationException">The value has another type.</exception>
    public string AsString => Type is MetadataValueType.String or MetadataValueType.Json ? _text : throw Wrong();

    internal static ObjectMetadataEntry Read(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => new ObjectMetadataEntry(name, true),
        JsonValueKind.False => new ObjectMetadataEntry(name, false),
        JsonValueKind.Number when value.TryGetInt64(out long whole) => new ObjectMetadataEntry(name, whole),
        JsonValueKind.Number => new ObjectMetadataEntry(name, value.GetDouble()),
        JsonValueKind.String => new ObjectMetadataEntry(name, value.GetString()!),
        JsonValueKind.Array or JsonValueKind.Object => new ObjectMetadataEntry(name, MetadataValueType.Json, 0, 0, value.GetRawText()),
        _ => new ObjectMetadataEntry(name, MetadataValueType.Invalid, 0, 0, string.Empty),
    };

    private InvalidOperationException Wrong() => new($"The metadata '{Name}' has the type {Type}.");
}
