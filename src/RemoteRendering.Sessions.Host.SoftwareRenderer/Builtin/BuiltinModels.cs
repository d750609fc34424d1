using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;

/// <summary>The models that are built in, by the name in <c>builtin://NAME</c>, in any case.</summary>
internal static class BuiltinModels
{
    private static readonly Dictionary<string, Func<SceneModel>> _models = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Engine"] = BuiltinEngine.Build,
        ["TorusKnot"] = () => Single("TorusKnot", Shapes.TorusKnot(1_024, 48, Material("Brass", 0.62f, 0.38f, 0.1f))),
        ["Sphere"] = () => Single("Sphere", Shapes.Sphere(1, 96, 48, Material("Red", 0.6f, 0.06f, 0.05f))),
        ["Box"] = () => Single("Box", Shapes.Box(new System.Numerics.Vector3(1, 1, 1), Material("Blue", 0.05f, 0.16f, 0.6f))),
        ["Grid1M"] = () => Single("Grid1M", Shapes.Grid(10, 708, Material("Green", 0.1f, 0.45f, 0.12f))),
    };

    /// <summary>Finds a model; null when there is none of that name.</summary>
    public static SceneModel? Find(string name) => _models.GetValueOrDefault(name)?.Invoke();

    internal static SceneMaterial Material(string name, float red, float green, float blue) =>
        new() { Name = name, BaseColor = new System.Numerics.Vector4(red, green, blue, 1) };

    private static SceneModel Single(string name, TriangleMesh mesh)
    {
        var builder = new ModelBuilder();
        int root = builder.Add(-1, name);
        builder.Add(root, name + "Mesh", mesh: ModelBuilder.Mesh(mesh));
        return builder.Build();
    }
}
