using System.Globalization;
using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Graph;
using RemoteRendering.Sessions.Host.Scene.Queries;
using RemoteRendering.Sessions.Host.SoftwareRenderer;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

/// <summary>
/// Small files, each with one thing that is easily done wrong. The numbers follow from the format; three.js and the Khronos validator agree
/// with them.
/// </summary>
public class SmallFileTests
{
    [Theory]
    [InlineData("skin-node-moved", "5 0 0", "6 1 0", "poseFixed")]
    [InlineData("morph-default-weight1", "0 0 1", "1 1 1", "")]
    [InlineData(
        "georeferenced", "1215012.8988049095 -4736313.042305915 4081604.3368623317",
        "1215013.8988049095 -4736312.042305915 4081604.3368623317", "")]
    [InlineData("matrix-small", "-4.5e-5 0 0", "7.794228634059948e-5 1.2294228634059948e-4 0", "")]
    [InlineData("matrix-sheared", "-0.4390610 0 0", "0.9008148 1.3450961 0", "shearLost")]
    [InlineData("png-trailing", "0 0 0", "1 1 0", "")]
    [InlineData("sparse-indices", "0 0 0", "1 1 0", "")]
    [InlineData("buffer-placeholder", "0 0 0", "1 1 0", "")]
    public async Task Load_ValidFile_StandsWhereItShould(string name, string min, string max, string warnings)
    {
        SceneModel model = await LoadAsync(name);

        Box3D box = BoundsOf(model);
        double tolerance = 1e-7 * (box.Max - box.Min).Length;
        Assert.InRange((box.Min - Point(min)).Length, 0, tolerance);
        Assert.InRange((box.Max - Point(max)).Length, 0, tolerance);
        Assert.Equal(warnings, string.Join(' ', model.Warnings.Select(warning => warning.Code)));
    }

    [Theory]
    [InlineData(
        "draco-not-required", 301,
        "mesh 0, primitives[0] has its data only in the extension 'KHR_draco_mesh_compression', which this host does not have.")]
    [InlineData("rotation-zero", 307, "node 0: 'rotation' must be a quaternion of unit length")]
    [InlineData("matrix-short", 307, "node 0: 'matrix' has 1 numbers instead of 16")]
    public async Task Load_FileThatCannotBeRead_RefusedByNameAndRule(string name, int code, string message)
    {
        SceneException refused = await Assert.ThrowsAsync<SceneException>(() => LoadAsync(name));

        Assert.Equal(code, (int)refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}.gltf'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_NameWithASpaceInFront_AskedForAsWritten()
    {
        var asked = new List<string>();

        await Assert.ThrowsAsync<SceneException>(() => LoadAsync("uri-leading-space", reference =>
        {
            asked.Add(reference);
            throw new SceneException(SceneErrorCode.FileNotFound, "There is none.");
        }));

        Assert.Equal([" lead.bin"], asked);
    }

    [Fact]
    public async Task Load_ShearedMatrix_KeepsItsTurn()
    {
        Quaternion rotation = (await LoadAsync("matrix-sheared")).Nodes[1].Rotation;

        double degrees = 2 * Math.Acos(rotation.W) * 180 / Math.PI;
        Assert.InRange(degrees, 25, 31);
        Assert.InRange(rotation.Z, 0.2, 0.27);
    }

    internal static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Scene", "Gltf", "Files", name + ".gltf");

    internal static Box3D BoundsOf(SceneModel model)
    {
        var graph = new SceneGraph();
        Assert.Equal(SceneErrorCode.None, graph.Attach(model, 0, out uint root));
        return SubtreeBounds.Measure(graph.Find(root)!, inWorld: true, new SoftwareSceneRenderer());
    }

    private static async Task<SceneModel> LoadAsync(string name, Func<string, Task<byte[]>>? fetch = null)
    {
        byte[] file = await File.ReadAllBytesAsync(PathOf(name), TestContext.Current.CancellationToken);
        return await GltfLoader.LoadAsync(
            new SceneModelFile(file, name + ".gltf", "root", fetch is null ? null : (reference, _) => fetch(reference)),
            GltfLoaderTests.Limits(), _
                => { }, TestContext.Current.CancellationToken);
    }

    private static Vector3D Point(string numbers)
    {
        double[] parts = Array.ConvertAll(numbers.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture));
        return new Vector3D(parts[0], parts[1], parts[2]);
    }
}
