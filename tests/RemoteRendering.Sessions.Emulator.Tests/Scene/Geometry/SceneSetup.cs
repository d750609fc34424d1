using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Builtin;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

/// <summary>Scenes in a line.</summary>
internal static class SceneSetup
{
    public static MeshInstance Instance(
        TriangleMesh mesh, uint entity = 1, Vector3D position = default, Quaternion? rotation = null, Vector3? scale = null)
        => new(
            entity, ModelBuilder.Mesh(mesh), Placement.Compose(position, rotation ?? Quaternion.Identity, scale ?? Vector3.One), null,
            collides: true);

    public static SceneSnapshot Scene(params MeshInstance[] instances) => new([.. instances], []);

    public static MeshInstance With(this MeshInstance instance, Placement? place = null, Vector4? tint = null, bool? collides = null)
        => new(instance.Entity, instance.Mesh, place ?? instance.Place, tint ?? instance.Tint, collides ?? instance.Collides);

    public static RayQuery With(this RayQuery query, RayPolicy policy, int maxHits = RayQuery.MostHits)
        => new(query.Start, query.End, policy, maxHits);

    public static TriangleMesh Mesh(Vector3[] positions, params int[] indices)
        => new(positions, indices, [new MeshPart(0, indices.Length / 3, SceneMaterial.Default)]);

    extension(SceneMesh mesh)
    {
        public TriangleMesh Triangles => ((SoftwareMesh)mesh).Triangles;
    }

    public static Vector3D Direction(this Random random)
    {
        while (true)
        {
            var point = new Vector3D((2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1, (2 * random.NextDouble()) - 1);
            if (point.LengthSquared is > 0.01 and <= 1)
            {
                return point.Normalized();
            }
        }
    }

    /// <summary>Triangles here and there, about as large as the space between them.</summary>
    public static TriangleMesh Soup(Random random, int triangles)
    {
        var positions = new Vector3[3 * triangles];
        for (int i = 0; i < triangles; i++)
        {
            Vector3 middle = (Vector3)(random.Direction() * random.NextDouble());
            for (int corner = 0; corner < 3; corner++)
            {
                positions[(3 * i) + corner] = middle + (0.2f * (Vector3)random.Direction());
            }
        }

        return Mesh(positions, [.. Enumerable.Range(0, positions.Length)]);
    }
}
