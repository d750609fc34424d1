using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

/// <summary>Writes GLB files part by part; the text can be spoilt before it is closed.</summary>
internal sealed class GlbBuilder
{
    private readonly MemoryStream _binary = new();

    public JsonObject Json { get; } = new()
    {
        ["asset"] = new JsonObject { ["version"] = "2.0" },
        ["scene"] = 0,
        ["scenes"] = new JsonArray(new JsonObject { ["nodes"] = new JsonArray() }),
        ["nodes"] = new JsonArray(),
        ["meshes"] = new JsonArray(),
        ["accessors"] = new JsonArray(),
        ["bufferViews"] = new JsonArray(),
    };

    /// <summary>A cube of side 2 around the origin, its node named "Cube" and moved to (10, 20, 30).</summary>
    public static GlbBuilder Cube()
    {
        var builder = new GlbBuilder();
        float[] positions = [-1, -1, -1, 1, -1, -1, 1, 1, -1, -1, 1, -1, -1, -1, 1, 1, -1, 1, 1, 1, 1, -1, 1, 1];
        ushort[] indices = [0, 2, 1, 0, 3, 2, 4, 5, 6, 4, 6, 7, 0, 1, 5, 0, 5, 4, 3, 6, 2, 3, 7, 6, 1, 2, 6, 1, 6, 5, 0, 4, 7, 0, 7, 3];
        int position = builder.AddFloats("VEC3", positions);
        int index = builder.AddShorts(indices);
        builder.AddMesh(new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = position }, ["indices"] = index });
        builder.AddNode(new JsonObject
        {
            ["name"] = "Cube",
            ["mesh"] = 0,
            ["translation"] = new JsonArray(10, 20, 30),
            ["extras"] = new JsonObject { ["part"] = "A-7", ["weight"] = 2.5 },
        });
        return builder;
    }

    public JsonArray List(string name) => Json[name]!.AsArray();

    public int AddFloats(string type, params float[] values)
    {
        int components = type switch { "VEC2" => 2, "VEC3" => 3, "VEC4" => 4, _ => 1 };
        return AddAccessor(values.SelectMany(BitConverter.GetBytes).ToArray(), type, 5126, values.Length / components);
    }

    public int AddShorts(params ushort[] values)
        => AddAccessor(values.SelectMany(BitConverter.GetBytes).ToArray(), "SCALAR", 5123, values.Length);

    public int AddView(byte[] bytes)
    {
        _binary.Write(bytes);
        List("bufferViews").Add(
            new JsonObject { ["buffer"] = 0, ["byteOffset"] = (int)_binary.Length - bytes.Length, ["byteLength"] = bytes.Length });
        while (_binary.Length % 4 != 0)
        {
            _binary.WriteByte(0);
        }

        return List("bufferViews").Count - 1;
    }

    public int AddMesh(params JsonNode[] primitives)
    {
        List("meshes").Add(new JsonObject { ["primitives"] = new JsonArray(primitives) });
        return List("meshes").Count - 1;
    }

    public int AddNode(JsonObject node, bool isRoot = true)
    {
        List("nodes").Add(node);
        int index = List("nodes").Count - 1;
        if (isRoot)
        {
            Json["scenes"]![0]!["nodes"]!.AsArray().Add(index);
        }

        return index;
    }

    public byte[] Binary => _binary.ToArray();

    /// <summary>The text, with a buffer that has a name or is the file's own.</summary>
    public string Text(string? bufferUri = null)
    {
        if (!Json.ContainsKey("buffers"))
        {
            var buffer = new JsonObject { ["byteLength"] = _binary.Length };
            if (bufferUri is not null)
            {
                buffer["uri"] = bufferUri;
            }

            Json["buffers"] = new JsonArray(buffer);
        }

        return Json.ToJsonString();
    }

    public byte[] ToGlb()
    {
        byte[] text = Encoding.UTF8.GetBytes(Text());
        int padded = (text.Length + 3) / 4 * 4;
        byte[] file = new byte[12 + 8 + padded + 8 + _binary.Length];
        "glTF"u8.CopyTo(file);
        Write(file, 4, 2);
        Write(file, 8, file.Length);
        Write(file, 12, padded);
        "JSON"u8.CopyTo(file.AsSpan(16));
        file.AsSpan(20, padded).Fill((byte)' ');
        text.CopyTo(file, 20);
        Write(file, 20 + padded, (int)_binary.Length);
        "BIN\0"u8.CopyTo(file.AsSpan(24 + padded));
        _binary.ToArray().CopyTo(file, 28 + padded);
        return file;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"GLB with {_binary.Length} bytes");

    private static void Write(byte[] file, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

    private int AddAccessor(byte[] bytes, string type, int componentType, int count)
    {
        int view = AddView(bytes);
        List("accessors").Add(
            new JsonObject { ["bufferView"] = view, ["componentType"] = componentType, ["count"] = count, ["type"] = type });
        return List("accessors").Count - 1;
    }
}
