using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>Makes a model of a file that has passed the check.</summary>
internal sealed class GltfModelBuilder(
    GltfDocument document, GltfAccessors accessors, GltfLayout layout, GltfMaterials materials, GltfTextures textures,
    GltfWarnings warnings, CancellationToken cancellationToken)
{
    /// <summary>Beyond this, the single precision of a rotation moves what hangs on it by more than a millimetre.</summary>
    private const double Far = 10_000;

    private readonly GltfWorld _world = new(document);

    public SceneModel Build(string rootName, Action<double> onProgress)
    {
        SoftwareMesh[] meshes = BuildMeshes(onProgress, out Vector3D[] origins);
        var nodes = new List<SceneModelNode>(layout.Nodes.Count + 1) { new() { Name = SceneLimits.ShortenName(rootName) } };
        var places = new List<Placement>(layout.Nodes.Count + 1) { Placement.Identity };
        bool isFar = layout.Nodes.Any(node => _world.Local(node.Number).Position.Length > Far);
        foreach (GltfNode node in layout.Nodes)
        {
            SceneModelNode made = Convert(node, isFar);
            Placement place = places[made.Parent] * made.Local;
            nodes.Add(made);
            places.Add(place);
        }

        for (int i = 0; i < layout.Nodes.Count; i++)
        {
            if (layout.Nodes[i].Shape >= 0)
            {
                Dress(nodes, layout.Nodes[i], i + 1, places[i + 1], meshes, origins);
            }
        }

        WarnOfTheRest();
        return new SceneModel(nodes, warnings.ToList());
    }

    private SoftwareMesh[] BuildMeshes(Action<double> onProgress, out Vector3D[] origins)
    {
        double total = Math.Max(1, layout.Shapes.Sum(shape => shape.Mesh.VertexCount));
        long done = 0;
        var builder = new GltfMeshBuilder(
            accessors, materials, materials.Build(textures), count => onProgress((done += count) / total), cancellationToken);
        var skins = new GltfSkins(document, accessors, _world, cancellationToken);
        var meshes = new SoftwareMesh[layout.Shapes.Count];
        origins = new Vector3D[meshes.Length];
        long textureBytes = textures.ByteSize;
        for (int i = 0; i < meshes.Length; i++)
        {
            GltfShape shape = layout.Shapes[i];
            GltfPose pose = shape.Skin >= 0
                ? skins.Pose(shape, out origins[i])
                : new GltfPose(shape.MorphWeights, null, Placement.Identity, null);
            TriangleMesh triangles = builder.Build(shape.Mesh, pose);

            // Textures are shared; the first mesh answers for all of them.
            meshes[i] = new SoftwareMesh(
                triangles, [.. shape.Mesh.Primitives.Select(primitive => primitive.Primitives)], triangles.ByteSize + textureBytes);
            textureBytes = 0;
        }

        return meshes;
    }

    private SceneModelNode Convert(GltfNode node, bool isFar)
    {
        GltfObject source = document.List("nodes")[node.Number];
        GltfTransform local = _world.Local(node.Number);
        if (local.IsSheared)
        {
            warnings.Add(
                GltfWarning.ShearLost, source.Place,
                "Its matrix has a shear, which position, rotation and scale cannot say; the nearest rotation is used.");
        }

        string name = source.Text("name") ?? string.Empty;
        string shortened = SceneLimits.ShortenName(name);
        if (shortened.Length < name.Length)
        {
            warnings.Add(GltfWarning.NameShortened, $"node {node.Number}", "Its name has more than 256 bytes and is cut.");
        }

        return new SceneModelNode
        {
            Name = shortened,
            Parent = node.Parent + 1,
            Position = local.Position,
            Rotation = local.SingleRotation,
            Scale = local.SingleScale,
            Exact = isFar ? local.Placement : null,
            Metadata = GltfMetadata.Read(source, warnings),
        };
    }

    private void Dress(List<SceneModelNode> nodes, GltfNode node, int index, Placement place, SoftwareMesh[] meshes, Vector3D[] origins)
    {
        if (layout.Shapes[node.Shape].Skin < 0)
        {
            nodes[index].Mesh = meshes[node.Shape];
            nodes[index].Instances = node.Instances > 0
                ? GltfInstances.Read(document.List("nodes")[node.Number], node.Instances, accessors, cancellationToken)
                : null;
            return;
        }

        // The transform of a node does not move its skinned mesh: it is taken out again.
        Placement skinned = Placement.Identity.WithOrigin(origins[node.Shape]);
        if (place.TryInvert(out Placement inverse))
        {
            nodes[index].Mesh = meshes[node.Shape];
            nodes[index].Instances = [inverse * skinned];
            return;
        }

        GltfObject source = document.List("nodes")[node.Number];
        warnings.Add(
            GltfWarning.TransformChanged, source.Place,
            "Its scale is 0, which does not count for its skinned mesh; the mesh stands below the root.");
        nodes.Add(new SceneModelNode { Name = nodes[index].Name, Parent = 0, Mesh = meshes[node.Shape], Instances = [skinned] });
    }

    private void WarnOfTheRest()
    {
        int animations = document.List("animations").Length;
        if (animations > 0)
        {
            warnings.Add(
                GltfWarning.AnimationsIgnored, "animations",
                $"The {animations} animations of the file are left out; the model stands as it rests.");
        }

        int cameras = layout.Nodes.Count(node => document.List("nodes")[node.Number].Has("camera"));
        if (cameras > 0)
        {
            warnings.Add(GltfWarning.CamerasIgnored, "cameras", $"The {cameras} cameras of the scene are left out.");
        }

        int skins = layout.Shapes.Count(shape => shape.Skin >= 0);
        if (skins > 0)
        {
            warnings.Add(
                GltfWarning.PoseFixed, "skins",
                $"{skins} skinned meshes stand in the pose that the file rests in; moving their joints does not move them.");
        }
    }
}
