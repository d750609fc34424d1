using System.Numerics;
using System.Text;
using System.Text.Json.Nodes;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

public class GltfLoaderTests
{
    private static readonly byte[] _redPixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    [Fact]
    public async Task Load_Cube_NodesMeshAndExtras()
    {
        SceneModel model = await LoadAsync(GlbBuilder.Cube());

        Assert.Equal(2, model.Nodes.Count);
        Assert.Equal(12, model.Primitives);
        SceneModelNode cube = model.Nodes[1];
        Assert.Equal(("Cube", 0), (cube.Name, cube.Parent));
        Assert.Equal(new Vector3D(10, 20, 30), cube.Position);
        Assert.Equal("""{"part":"A-7","weight":2.5}""", Encoding.UTF8.GetString(cube.Metadata.Span));
        Assert.Equal(new Box3(new Vector3(-1), new Vector3(1)), cube.Mesh!.Triangles.Bounds);
    }

    [Fact]
    public async Task Load_TwoNodesWithOneMesh_ShareIt()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        glb.AddNode(
            new JsonObject
            {
                ["name"] = "Again",
                ["mesh"] = 0,
                ["matrix"] = new JsonArray(2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 5, 0, 0, 1)
            });

        SceneModel model = await LoadAsync(glb);

        Assert.Same(model.Nodes[1].Mesh, model.Nodes[2].Mesh);
        Assert.Equal(new Vector3(2), model.Nodes[2].Scale);
        Assert.Equal(24, model.Primitives);
        Assert.Equal(model.Nodes[1].Mesh!.ByteSize, model.ByteSize);
    }

    [Theory]
    [InlineData(5, 3, "0,1,2 1,3,2 2,3,4")]
    [InlineData(6, 3, "0,1,2 0,2,3 0,3,4")]
    [InlineData(4, 1, "0,1,2")]
    public async Task Load_StripsAndFans_TurnTheSameWay(int mode, int triangles, string corners)
    {
        var glb = new GlbBuilder();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 2, 0, 0);
        glb.AddMesh(new JsonObject { ["mode"] = mode, ["attributes"] = new JsonObject { ["POSITION"] = position } });
        glb.AddNode(new JsonObject { ["mesh"] = 0 });

        TriangleMesh mesh = (await LoadAsync(glb)).Nodes[1].Mesh!.Triangles;

        Assert.Equal(triangles, mesh.TriangleCount);
        Assert.Equal(corners, string.Join(' ', mesh.Indices.Chunk(3).Select(triangle => string.Join(',', triangle))));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 2)]
    [InlineData(2, 5)]
    [InlineData(3, 4)]
    public async Task Load_LinesAndPoints_CountedOnly(int mode, int primitives)
    {
        var glb = new GlbBuilder();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 2, 0, 0);
        glb.AddMesh(new JsonObject { ["mode"] = mode, ["attributes"] = new JsonObject { ["POSITION"] = position } });
        glb.AddNode(new JsonObject { ["mesh"] = 0 });

        SceneModel model = await LoadAsync(glb);

        Assert.Equal(primitives, model.Primitives);
        Assert.Equal(0, model.Nodes[1].Mesh!.Triangles.TriangleCount);
        Assert.True(model.Nodes[1].Mesh!.Triangles.Bounds.IsEmpty);
    }

    [Fact]
    public async Task Load_PartsSomeWithAttributes_OneMeshThatHasThemAll()
    {
        var glb = new GlbBuilder();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 1, 0, 0, 0, 1, 0);
        int other = glb.AddFloats("VEC3", 0, 0, 5, 1, 0, 5, 0, 1, 5);
        int normal = glb.AddFloats("VEC3", 0, 0, 2, 0, 0, 2, 0, 0, 2);
        int uv = glb.AddFloats("VEC2", 0, 0, 1, 0, 0, 1);
        int image = glb.AddView(_redPixel);
        glb.Json["images"] = new JsonArray(new JsonObject { ["bufferView"] = image, ["mimeType"] = "image/png" });
        glb.Json["samplers"] = new JsonArray(new JsonObject { ["wrapS"] = 33_071, ["wrapT"] = 33_648 });
        glb.Json["textures"] = new JsonArray(new JsonObject { ["source"] = 0, ["sampler"] = 0 });
        glb.Json["materials"] = new JsonArray(new JsonObject
        {
            ["name"] = "Red",
            ["doubleSided"] = true,
            ["alphaMode"] = "MASK",
            ["alphaCutoff"] = 0.25,
            ["extensions"] = new JsonObject { ["KHR_materials_unlit"] = new JsonObject() },
            ["pbrMetallicRoughness"] = new JsonObject
            {
                ["baseColorFactor"] = new JsonArray(1, 0.5, 0.25, 1),
                ["baseColorTexture"] = new JsonObject
                {
                    ["index"] = 0,
                    ["extensions"] = new JsonObject
                    {
                        ["KHR_texture_transform"] = new JsonObject { ["offset"] = new JsonArray(0.5, 0), ["scale"] = new JsonArray(2, 2) }
                    },
                },
            },
        });
        glb.AddMesh(
            new JsonObject
            {
                ["material"] = 0,
                ["attributes"] = new JsonObject { ["POSITION"] = position, ["NORMAL"] = normal, ["TEXCOORD_0"] = uv }
            },
            new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = other } },
            new JsonObject
            {
                ["material"] = 0,
                ["attributes"] = new JsonObject { ["POSITION"] = position, ["NORMAL"] = normal, ["TEXCOORD_0"] = uv }
            });
        glb.AddNode(new JsonObject { ["mesh"] = 0 });

        TriangleMesh mesh = (await LoadAsync(glb)).Nodes[1].Mesh!.Triangles;

        Assert.Equal(6, mesh.Positions.Length);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2], mesh.Indices);
        Assert.All(mesh.Normals!, value => Assert.Equal(Vector3.UnitZ, value));
        Assert.Equal([new Vector2(0.5f, 0), new Vector2(2.5f, 0), new Vector2(0.5f, 2)], mesh.TextureCoordinates![..3]);
        SceneMaterial material = mesh.Parts[0].Material;
        Assert.Equal(
            ("Red", true, SceneAlphaMode.Mask, 0.25f, true),
            (material.Name, material.IsDoubleSided, material.AlphaMode, material.AlphaCutoff, material.IsUnlit));
        Assert.Equal(new Vector4(1, 0.5f, 0.25f, 1), material.BaseColor);
        Assert.Equal([255, 0, 0, 255], material.BaseColorTexture!.Rgba);
        Assert.Equal((TextureWrap.Clamp, TextureWrap.Mirror), (material.WrapX, material.WrapY));
        Assert.Equal("", mesh.Parts[1].Material.Name);
    }

    [Fact]
    public async Task Load_SparseAccessor_Applied()
    {
        var glb = new GlbBuilder();
        int position = glb.AddFloats("VEC3", 0, 0, 0, 1, 0, 0, 0, 1, 0);
        int index = glb.AddView([2, 0]);
        int value = glb.AddView([.. BitConverter.GetBytes(7f), .. BitConverter.GetBytes(8f), .. BitConverter.GetBytes(9f)]);
        glb.List("accessors")[position]!["sparse"] = new JsonObject
        {
            ["count"] = 1,
            ["indices"] = new JsonObject { ["bufferView"] = index, ["componentType"] = 5123 },
            ["values"] = new JsonObject { ["bufferView"] = value },
        };
        glb.AddMesh(new JsonObject { ["attributes"] = new JsonObject { ["POSITION"] = position } });
        glb.AddNode(new JsonObject { ["mesh"] = 0 });

        Assert.Equal(new Vector3(7, 8, 9), (await LoadAsync(glb)).Nodes[1].Mesh!.Triangles.Positions[2]);
    }

    [Fact]
    public async Task Load_TextWithEmbeddedBuffer_Read()
    {
        GlbBuilder glb = GlbBuilder.Cube();
        string text = glb.Text("data:application/octet-stream;base64," + Convert.ToBase64String(glb.Binary));

        Assert.Equal(12, (await LoadAsync(Encoding.UTF8.GetBytes(text))).Primitives);
    }

    [Fact]
    public async Task Load_WrittenByAnotherLibrary_SameTriangles()
    {
        var root = SharpGLTF.Schema2.ModelRoot.CreateModel();
        SharpGLTF.Schema2.Mesh mesh = root.CreateMesh("M");
        SharpGLTF.Schema2.BufferView view = root.UseBufferView(new byte[36], 0, null, 0, SharpGLTF.Schema2.BufferMode.ARRAY_BUFFER);
        SharpGLTF.Schema2.Accessor accessor = root.CreateAccessor();
        accessor.SetVertexData(view, 0, 3, new SharpGLTF.Memory.AttributeFormat(SharpGLTF.Schema2.DimensionType.VEC3));
        accessor.AsVector3Array()[1] = Vector3.UnitX;
        accessor.AsVector3Array()[2] = Vector3.UnitY;
        accessor.UpdateBounds();
        mesh.CreatePrimitive().SetVertexAccessor("POSITION", accessor);
        root.UseScene(0).CreateNode("N").Mesh = mesh;

        SceneModel model = await LoadAsync(root.WriteGLB().ToArray());

        Assert.Equal("N", model.Nodes[1].Name);
        Assert.Equal([Vector3.Zero, Vector3.UnitX, Vector3.UnitY], model.Nodes[1].Mesh!.Triangles.Positions);
    }

    [Fact]
    public async Task Load_MutatedFiles_ModelOrCleanRefusal()
    {
        byte[] good = GlbBuilder.Cube().ToGlb();
        var random = new Random(20261124);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] file = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                file[random.Next(file.Length)] = (byte)random.Next(256);
            }

            file = random.Next(5) == 0 ? file[..random.Next(file.Length)] : file;
            try
            {
                await LoadAsync(file);
            }
            catch (SceneException exception)
            {
                Assert.Contains("test.glb", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Load_Cancelled_Stops()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await GltfLoader.LoadAsync(
            new SceneModelFile(GlbBuilder.Cube().ToGlb(), "test.glb", "root"), Limits(), _ => { }, new CancellationToken(true)));
    }

    internal static SceneLimits Limits(long? primitives = 20_000_000, long memory = 1L << 30) => new(1 << 28, memory, primitives);

    internal static Task<SceneModel> LoadAsync(GlbBuilder glb) => LoadAsync(glb.ToGlb());

    internal static Task<SceneModel> LoadAsync(byte[] file, SceneLimits? limits = null) =>
        GltfLoader.LoadAsync(new SceneModelFile(file, "test.glb", "root"), limits ?? Limits(), _ => { }, CancellationToken.None);
}
