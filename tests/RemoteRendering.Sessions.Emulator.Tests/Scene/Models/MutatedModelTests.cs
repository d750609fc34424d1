using System.Text;
using System.Text.Json.Nodes;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;
using RemoteRendering.Sessions.Protocol.Scene;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Models;

/// <summary>
/// The files of the makers with something broken in them: each loads or is refused in words of this project, and the host goes on.
/// </summary>
public class MutatedModelTests
{
    private const int PerFile = 150;

    /// <summary>Words that only libraries, or the net under everything, say.</summary>
    private static readonly string[] _foreign = [
        "(Parameter", "SharpGLTF", "ModelRoot", "System.", "Json", "Exception", "StbImage", "Index was out", "could not be read",
        "Object reference"
    ];

    /// <summary>Stands for an escape of half a letter, which a writer would not write.</summary>
    private const string Half = "\"HALF\"";

    private static readonly string[] _values =
    [
        "null", "true", "-1", "0", "1", "2.5", "7", "255", "65535", "2147483648", "1e300", "-1e300", "\"\"", "\"x\"", Half, "[]", "{}",
        "[[]]", "[1,2,3]", "[null]", "[-1]", "{\"index\":99}",
        "\"data:,\"", "\"data:;base64,AAAA\"", "\"../secret\"", "5126", "5120", "\"MAT4\"", "\"SCALAR\"",
    ];

    public static TheoryData<string> Files() => MakerModelTests.Files();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Load_TextWithAnotherValue_LoadsOrIsRefusedInOurWords(string file)
    {
        (JsonNode text, byte[] binary) = Open(file);
        var random = new Random(StableSeed(file));
        for (int i = 0; i < PerFile; i++)
        {
            JsonNode changed = text.DeepClone();
            for (int change = random.Next(1, 3); change > 0; change--)
            {
                Change(changed, random);
            }

            await LoadAsync(Close(changed, binary), file);
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Load_OtherBytes_LoadsOrIsRefusedInOurWords(string file)
    {
        byte[] good = File.ReadAllBytes(PathOf(file));
        var random = new Random(StableSeed(file) + 1);
        for (int i = 0; i < PerFile / 3; i++)
        {
            byte[] changed = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            await LoadAsync(random.Next(8) == 0 ? changed[..random.Next(changed.Length)] : changed, file);
        }
    }

    [Fact]
    public async Task LoadModel_BrokenFilesOverOneConnection_ConnectionLives()
    {
        await using LoopbackScene scene = await LoopbackScene.StartAsync();
        CancellationToken token = TestContext.Current.CancellationToken;
        var random = new Random(20261128);
        foreach (string file in MakerModelTests.ReadList().Select(model => model.GetProperty("file").GetString()!))
        {
            (JsonNode text, byte[] binary) = Open(file);
            for (int i = 0; i < 4; i++)
            {
                JsonNode changed = text.DeepClone();
                Change(changed, random);
                try
                {
                    LoadModelResult model = await scene.Connection.LoadModelAsync(
                        new LoadModelOptions(new MemoryStream(Close(changed, binary)), file), cancellationToken: token);
                    await model.Root.QueryWorldBoundsAsync(token);
                    await scene.Connection.RayCastQueryAsync(new RayCast(new Double3(0, 0, 50), new Double3(0, 0, -1), 100), token);
                    model.Root.Destroy();
                }
                catch (RenderingSceneException refused)
                {
                    CheckWords(refused.Message);
                }
            }
        }

        Assert.True(scene.Connection.CreateEntity().IsValid);
        Assert.Equal(1, scene.Connection.Link);
        Assert.Null(await scene.Connection.CreateEntity().QueryWorldBoundsAsync(token));
    }

    private static void Change(JsonNode root, Random random)
    {
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(root, places);
        (JsonNode parent, object key) = places[random.Next(places.Count)];
        JsonNode? value = JsonNode.Parse(_values[random.Next(_values.Length)]);
        if (parent is JsonObject members)
        {
            if (random.Next(4) == 0)
            {
                members.Remove((string)key);
            }
            else
            {
                members[(string)key] = value;
            }
        }
        else
        {
            parent.AsArray()[(int)key] = value;
        }
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, object Key)> places)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                places.Add((node, name));
                Descend(value);
            }
        }
        else if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                places.Add((node, i));
                Descend(items[i]);
            }
        }

        void Descend(JsonNode? child)
        {
            if (child is not null)
            {
                Collect(child, places);
            }
        }
    }

    private static async Task LoadAsync(byte[] file, string name)
    {
        try
        {
            await GltfLoader.LoadAsync(
                new SceneModelFile(
                    file, name, "root", (reference, _) =>
                        throw new SceneException(SceneErrorCode.FileNotFound, $"'{name}' names a file that is not there.")),
                GltfLoaderTests.Limits(primitives: 1_000_000, memory: 64 << 20), _ => { }, TestContext.Current.CancellationToken);
        }
        catch (SceneException refused)
        {
            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            CheckWords(refused.Message);
        }
    }

    private static void CheckWords(string message)
    {
        foreach (string word in _foreign)
        {
            Assert.DoesNotContain(word, message, StringComparison.Ordinal);
        }
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Scene", "Models", file);

    private static int StableSeed(string file) => file.Aggregate(17, (seed, letter) => unchecked((seed * 31) + letter));

    private static (JsonNode Text, byte[] Binary) Open(string file)
    {
        byte[] bytes = File.ReadAllBytes(PathOf(file));
        if (file.EndsWith(".gltf", StringComparison.Ordinal))
        {
            return (JsonNode.Parse(bytes)!, []);
        }

        int length = BitConverter.ToInt32(bytes, 12);
        return (JsonNode.Parse(bytes.AsSpan(20, length))!, bytes[Math.Min(bytes.Length, 28 + length)..]);
    }

    private static byte[] Close(JsonNode text, byte[] binary)
    {
        byte[] json = Encoding.UTF8.GetBytes(text.ToJsonString().Replace(Half, "\"\\ud800\"", StringComparison.Ordinal));
        if (binary.Length == 0)
        {
            return json;
        }

        byte[] padded = [.. json, .. Enumerable.Repeat((byte)' ', (4 - (json.Length % 4)) % 4)];
        return [
            .. "glTF"u8, 2, 0, 0, 0, .. BitConverter.GetBytes(28 + padded.Length + binary.Length), .. BitConverter.GetBytes(padded.Length),
            .. "JSON"u8, .. padded, .. BitConverter.GetBytes(binary.Length), .. "BIN\0"u8, .. binary
        ];
    }
}
