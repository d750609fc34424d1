using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

/// <summary>Files that are broken, or made to hurt; each is refused with its code, and none costs much.</summary>
public class HostileFileTests
{
    public static TheoryData<string, int> Files() => new()
    {
        { "empty", 303 },
        { "text", 303 },
        { "json without asset", 303 },
        { "zip", 303 },
        { "version 1", 301 },
        { "glb version 1", 301 },
        { "asset version 3", 301 },
        { "minVersion 2.1", 301 },
        { "draco", 301 },
        { "meshopt", 301 },
        { "truncated head", 307 },
        { "truncated binary", 307 },
        { "truncated text", 307 },
        { "chunk beyond the file", 307 },
        { "first chunk is not text", 307 },
        { "text is a list", 307 },
        { "deep text", 307 },
        { "no bytes", 307 },
        { "buffer longer than its bytes", 307 },
        { "view beyond its buffer", 307 },
        { "view offset overflows", 307 },
        { "accessor beyond its view", 307 },
        { "accessor count negative", 307 },
        { "accessor count huge", 307 },
        { "accessor of zeros", 305 },
        { "stride below the element", 307 },
        { "component type unknown", 307 },
        { "index out of range", 307 },
        { "indices as floats", 307 },
        { "position is a number", 307 },
        { "position not finite", 307 },
        { "attribute shorter", 307 },
        { "mesh out of range", 307 },
        { "material out of range", 307 },
        { "mode 9", 307 },
        { "node its own child", 307 },
        { "node cycle", 307 },
        { "node in two places", 307 },
        { "child out of range", 307 },
        { "node transform not finite", 307 },
        { "sparse beyond its view", 307 },
        { "sparse index out of range", 307 },
        { "many primitives by instances", 305 },
        { "many primitives by accessors", 305 },
        { "too many parts", 305 },
        { "too deep", 607 },
        { "file uri", 309 },
        { "http uri", 309 },
        { "sibling of an upload", 309 },
        { "base64 broken", 307 },
        { "image broken", 307 },
        { "image too wide", 305 },
        { "image bomb", 307 },
        { "image beyond its view", 307 },
        { "sampler out of range", 307 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Load_HostileFile_RefusedWithItsCode(string kind, int code)
    {
        byte[] file = Make(kind);
        Task<SceneException> refusal = null!;
        long allocated = Heap.AllocatedBy(
            () =>
                refusal = Assert.ThrowsAsync<SceneException>(
                    () => GltfLoaderTests.LoadAsync(file, GltfLoaderTests.Limits(primitives: 1_000_000, memory: 64 << 20))));

        SceneException refused = await refusal;
        Assert.Equal(code, (int)refused.Code);
        Assert.Contains("test.glb", refused.Message, StringComparison.Ordinal);
        Assert.InRange(allocated, 0, 64 << 20);
    }

    private static byte[] Make(string kind)
    {
        GlbBuilder glb = GlbBuilder.Cube();
        JsonObject json = glb.Json;
        JsonNode primitive = glb.List("meshes")[0]!["primitives"]![0]!;
        switch (kind)
        {
            case "empty":
                return [];
            case "text":
                return "solid cube\nfacet normal 0 0 1"u8.ToArray();
            case "json without asset":
                return "{\"a\":1}"u8.ToArray();
            case "zip":
                return [0x50, 0x4B, 3, 4, .. new byte[100]];
            case "version 1":
                return "{\"asset\":{\"version\":\"1.0\"}}"u8.ToArray();
            case "glb version 1":
                return Patch(glb, 4, 1);
            case "asset version 3":
                json["asset"]!["version"] = "3.0";
                break;
            case "minVersion 2.1":
                json["asset"]!["minVersion"] = "2.1";
                break;
            case "draco":
                json["extensionsRequired"] = new JsonArray("KHR_draco_mesh_compression");
                break;
            case "meshopt":
                json["extensionsRequired"] = new JsonArray("EXT_meshopt_compression");
                break;
            case "truncated head":
                return glb.ToGlb()[..15];
            case "truncated binary":
                return glb.ToGlb()[..^10];
            case "truncated text":
                return Encoding.UTF8.GetBytes(glb.Text("data:;base64,AAAA"))[..^20];
            case "chunk beyond the file":
                return Patch(glb, 12, int.MaxValue);
            case "first chunk is not text":
                return Patch(glb, 16, 0x004E4942);
            case "text is a list":
                return WithText("[1]");
            case "deep text":
                return WithText("{\"asset\":{\"version\":\"2.0\"},\"extras\":" + new string('[', 10_000) + new string(']', 10_000) + "}");
            case "no bytes":
                return Encoding.UTF8.GetBytes(glb.Text());
            case "buffer longer than its bytes":
                json["buffers"] = new JsonArray(new JsonObject { ["byteLength"] = 1_000_000_000 });
                break;
            case "view beyond its buffer":
                glb.List("bufferViews")[0]!["byteLength"] = 100_000;
                break;
            case "view offset overflows":
                glb.List("bufferViews")[0]!["byteOffset"] = int.MaxValue;
                break;
            case "accessor beyond its view":
                glb.List("accessors")[0]!["count"] = 9;
                break;
            case "accessor count negative":
                glb.List("accessors")[0]!["count"] = -8;
                break;
            case "accessor count huge":
                glb.List("accessors")[0]!["count"] = 1e18;
                break;
            case "accessor of zeros":
                glb.List("accessors")[0]!.AsObject().Remove("bufferView");
                glb.List("accessors")[0]!["count"] = 2_000_000_000;
                break;
            case "stride below the element":
                glb.List("bufferViews")[0]!["byteStride"] = 4;
                break;
            case "component type unknown":
                glb.List("accessors")[0]!["componentType"] = 5124;
                break;
            case "index out of range":
                primitive["indices"] = glb.AddShorts(0, 1, 8);
                break;
            case "indices as floats":
                primitive["indices"] = glb.AddFloats("SCALAR", 0, 1, 2);
                break;
            case "position is a number":
                primitive["attributes"]!["POSITION"] = glb.AddFloats("SCALAR", 0, 1, 2);
                break;
            case "position not finite":
                primitive["attributes"]!["POSITION"] = glb.AddFloats("VEC3", [float.NaN, .. new float[23]]);
                break;
            case "attribute shorter":
                primitive["attributes"]!["NORMAL"] = glb.AddFloats("VEC3", 0, 0, 1);
                break;
            case "mesh out of range":
                glb.List("nodes")[0]!["mesh"] = 1;
                break;
            case "material out of range":
                primitive["material"] = 0;
                break;
            case "mode 9":
                primitive["mode"] = 9;
                break;
            case "node its own child":
                glb.List("nodes")[0]!["children"] = new JsonArray(0);
                break;
            case "node cycle":
                glb.List("nodes")[0]!["children"] = new JsonArray(1);
                glb.AddNode(new JsonObject { ["children"] = new JsonArray(0) }, isRoot: false);
                break;
            case "node in two places":
                glb.AddNode(new JsonObject { ["children"] = new JsonArray(0) });
                break;
            case "child out of range":
                glb.List("nodes")[0]!["children"] = new JsonArray(7);
                break;
            case "node transform not finite":
                return WithText(
                    glb.Text("data:;base64," + Convert.ToBase64String(glb.Binary))
                        .Replace("[10,20,30]", "[1e300,0,0]", StringComparison.Ordinal));
            case "sparse beyond its view":
            case "sparse index out of range":
                Sparse(glb, kind == "sparse beyond its view" ? 5 : 1);
                break;
            case "many primitives by instances":
                for (int i = 0; i < 90_000; i++)
                {
                    glb.AddNode(new JsonObject { ["mesh"] = 0 });
                }

                break;
            case "many primitives by accessors":
                Repeat(glb, 1_000);
                break;
            case "too many parts":
                Repeat(glb, 1_025);
                break;
            case "too deep":
                Deepen(glb);
                break;
            case "file uri":
                return Encoding.UTF8.GetBytes(glb.Text("file:///etc/passwd"));
            case "http uri":
                return Encoding.UTF8.GetBytes(glb.Text("http://169.254.169.254/latest"));
            case "sibling of an upload":
                return Encoding.UTF8.GetBytes(glb.Text("cube.bin"));
            case "base64 broken":
                return Encoding.UTF8.GetBytes(glb.Text("data:application/octet-stream;base64,???"));
            default:
                Picture(glb, kind);
                break;
        }

        return glb.ToGlb();
    }

    private static byte[] Patch(GlbBuilder glb, int at, int value)
    {
        byte[] file = glb.ToGlb();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        return file;
    }

    private static byte[] WithText(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text.PadRight((text.Length + 3) / 4 * 4));
        byte[] file = [
            .. "glTF"u8, 2, 0, 0, 0, .. BitConverter.GetBytes(20 + content.Length), .. BitConverter.GetBytes(content.Length), .. "JSON"u8,
            .. content
        ];
        return file;
    }

    private static void Sparse(GlbBuilder glb, int count)
    {
        int index = glb.AddView([200, 0]);
        int value = glb.AddView(new byte[12]);
        glb.List("accessors")[0]!["sparse"] = new JsonObject
        {
            ["count"] = count,
            ["indices"] = new JsonObject { ["bufferView"] = index, ["componentType"] = 5123 },
            ["values"] = new JsonObject { ["bufferView"] = value },
        };
    }

    /// <summary>Names the same large list of corners over and over.</summary>
    private static void Repeat(GlbBuilder glb, int parts)
    {
        int position = glb.AddFloats("VEC3", new float[3 * 3_030]);
        JsonArray primitives = glb.List("meshes")[0]!["primitives"]!.AsArray();
        primitives.Clear();
        for (int i = 0; i < parts; i++)
        {
            primitives.Add(new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = position } });
        }
    }

    private static void Deepen(GlbBuilder glb)
    {
        for (int i = 0; i < 600; i++)
        {
            int child = glb.AddNode([], isRoot: false);
            glb.List("nodes")[child - 1]!["children"] = new JsonArray(child);
        }
    }

    private static void Picture(GlbBuilder glb, string kind)
    {
        byte[] png = kind switch
        {
            "image broken" => [.. Png(4, 4, 48)[..40]],
            "image too wide" => Png(100_000, 1, 10),
            "image bomb" => Png(1, 1, 200_000_000),
            _ => Png(1, 1, 4),
        };
        int view = glb.AddView(png);
        if (kind == "image beyond its view")
        {
            glb.List("bufferViews")[view]!["byteLength"] = 1_000_000;
        }

        glb.Json["images"] = new JsonArray(new JsonObject { ["bufferView"] = view });
        glb.Json["textures"] = new JsonArray(
            kind == "sampler out of range" ? new JsonObject { ["source"] = 0, ["sampler"] = 0 } : new JsonObject { ["source"] = 0 });
        glb.Json["materials"] = new JsonArray(new JsonObject
        {
            ["pbrMetallicRoughness"] = new JsonObject { ["baseColorTexture"] = new JsonObject { ["index"] = 0 } },
        });
    }

    private static byte[] Png(int width, int height, int contentBytes)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int rest = contentBytes; rest > 0; rest -= zeros.Length)
            {
                zlib.Write(zeros, 0, Math.Min(rest, zeros.Length));
            }
        }

        byte[] head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        head[8] = 8;
        head[9] = 2;
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR", head), .. Chunk("IDAT", compressed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] content)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length, .. Encoding.ASCII.GetBytes(type), .. content, 0, 0, 0, 0];
    }
}
