using System.Text;
using System.Text.Json.Nodes;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;
using RemoteRendering.Sessions.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Models;

/// <summary>Models with their files, from a folder of this device.</summary>
public sealed class UploadedFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rrs-models-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("cube.bin", "cube.bin")]
    [InlineData("parts/my%20cube.bin", "parts/my cube.bin")]
    [InlineData(" cube.bin", " cube.bin")]
    [InlineData("w\u00fcrfel.bin", "w\u00fcrfel.bin")]
    [InlineData("./cube.bin", "cube.bin")]
    public async Task FromPath_TextWithItsFile_Loaded(string reference, string file)
    {
        string path = Write(reference, file);
        await using LoopbackScene scene = await LoopbackScene.StartAsync();

        LoadModelResult model = await scene.Connection.LoadModelAsync(LoadModelOptions.FromPath(path), cancellationToken: Token);
        LoadModelResult again =
            await scene.Connection.LoadModelAsync(LoadModelOptions.FromPath(Path.GetDirectoryName(path)!), cancellationToken: Token);

        Assert.Equal(12, model.Primitives);
        Assert.Equal("cube.gltf", model.Root.Name);
        Assert.Equal(12, again.Primitives);
        Assert.Empty(model.Warnings);
    }

    [Fact]
    public async Task FromPath_FilesOfMakers_LoadedWithTheirPictures()
    {
        await using LoopbackScene scene = await LoopbackScene.StartAsync();
        foreach (string file in new[] { "blender-files-painted.gltf", "obj2gltf-files-painted.gltf" })
        {
            LoadModelResult model = await scene.Connection.LoadModelAsync(
                LoadModelOptions.FromPath(Path.Combine(AppContext.BaseDirectory, "Scene", "Models", file)), cancellationToken: Token);

            Assert.Equal(200, model.Primitives);
            Assert.DoesNotContain(model.Warnings, warning => warning.Code == LoadModelWarningCode.PictureIgnored);
        }
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("%2e%2e/secret.bin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("missing.bin")]
    public async Task FromPath_NameThatLeadsElsewhere_NotSentAndNamed(string reference)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "secret.bin"), GlbBuilder.Cube().Binary);
        string path = Write(reference, "unused.bin");
        await using LoopbackScene scene = await LoopbackScene.StartAsync();

        RenderingSceneException refused = await Assert.ThrowsAsync<RenderingSceneException>(
            () => scene.Connection.LoadModelAsync(LoadModelOptions.FromPath(path), cancellationToken: Token));

        Assert.Equal(RenderingSceneError.UnsupportedFileProvider, refused.Error);
        Assert.Contains($"'{reference}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cube.gltf", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenFile_StreamsOfAnApplication_ReadAndDisposed()
    {
        var opened = new List<OneWayStream>();
        GlbBuilder glb = GlbBuilder.Cube();
        glb.Json["images"] = new JsonArray(new JsonObject { ["uri"] = "skin.png" });
        glb.Json["textures"] = new JsonArray(new JsonObject { ["source"] = 0 });
        glb.Json["materials"] = new JsonArray(JsonNode.Parse("""{"name":"M","pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}"""));
        await using LoopbackScene scene = await LoopbackScene.StartAsync();

        var options = new LoadModelOptions(new OneWayStream(Encoding.UTF8.GetBytes(glb.Text("a%20b.bin"))), "cube.gltf", name =>
        {
            if (name != "a b.bin")
            {
                return null;
            }

            opened.Add(new OneWayStream(glb.Binary));
            return opened[^1];
        });
        LoadModelResult model = await scene.Connection.LoadModelAsync(options, cancellationToken: Token);

        Assert.Equal(12, model.Primitives);
        Assert.True(Assert.Single(opened).IsDisposed);
        LoadModelWarning warning = Assert.Single(model.Warnings);
        Assert.Equal((LoadModelWarningCode.PictureIgnored, "image 0"), (warning.Code, warning.Place));
        Assert.Contains("'skin.png'", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FromPath_ManyFiles_CountAsOneUpload()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        var buffers = new JsonArray();
        for (int i = 0; i < 12; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, $"{i}.bin"), glb.Binary);
            buffers.Add(new JsonObject { ["byteLength"] = glb.Binary.Length, ["uri"] = $"{i}.bin" });
        }

        glb.Json["buffers"] = buffers;
        File.WriteAllText(Path.Combine(_folder.FullName, "cube.gltf"), glb.Text());
        await using LoopbackScene scene = await LoopbackScene.StartAsync();
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(
                12,
                (await scene.Connection.LoadModelAsync(LoadModelOptions.FromPath(_folder.FullName), cancellationToken: Token)).Primitives);
        }

        LoadModelOptions small = LoadModelOptions.FromPath(_folder.FullName);
        small.MaxUploadBytes = 2_000;
        RenderingSceneException refused =
            await Assert.ThrowsAsync<RenderingSceneException>(() => scene.Connection.LoadModelAsync(small, cancellationToken: Token));
        Assert.Equal(RenderingSceneError.ExceedsMemoryLimit, refused.Error);
    }

    [Fact]
    public void FromPath_NothingThereOrTwo_SaysSo()
    {
        Assert.Throws<FileNotFoundException>(() => LoadModelOptions.FromPath(Path.Combine(_folder.FullName, "none.glb")));
        Assert.Contains(
            "contains 0", Assert.Throws<FileNotFoundException>(() => LoadModelOptions.FromPath(_folder.FullName)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder.FullName, "a.gltf"), "{}");
        File.WriteAllText(Path.Combine(_folder.FullName, "b.GLB"), "{}");
        Assert.Contains(
            "contains 2", Assert.Throws<FileNotFoundException>(() => LoadModelOptions.FromPath(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    private string Write(string reference, string file)
    {
        GlbBuilder glb = GlbBuilder.Cube();
        string inner = _folder.CreateSubdirectory("model").FullName;
        string path = Path.Combine(inner, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, glb.Binary);
        File.WriteAllText(Path.Combine(inner, "cube.gltf"), glb.Text(reference));
        return Path.Combine(inner, "cube.gltf");
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public bool IsDisposed { get; private set; }

        public override bool CanSeek => false;

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
