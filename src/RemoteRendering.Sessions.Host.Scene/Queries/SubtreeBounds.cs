using RemoteRendering.Sessions.Host.Scene.Graph;

namespace RemoteRendering.Sessions.Host.Scene.Queries;

/// <summary>The box around the meshes of an entity and of everything below it.</summary>
internal sealed class SubtreeBounds
{
    /// <summary>
    /// Up to so many corners are looked at one by one, which takes a few milliseconds under the lock of the scene; boxes of meshes stand
    /// for the rest.
    /// </summary>
    private const long MaxCorners = 2_000_000;

    private readonly ISceneGeometry _geometry;
    private long _cornersLeft = MaxCorners;
    private Box3D _bounds = Box3D.Empty;

    private SubtreeBounds(ISceneGeometry geometry) => _geometry = geometry;

    /// <summary>Measures in the entity's own space, or in the world.</summary>
    public static Box3D Measure(SceneEntity root, bool inWorld, ISceneGeometry geometry)
    {
        // One place for each level on the way down; deeper than a scene may be it cannot get.
        var places = new Placement[SceneGraph.MaxLevels + 1];
        places[0] = inWorld ? SceneGraph.Inherited(root).World : Placement.Identity;
        var measured = new SubtreeBounds(geometry);
        int level = 0;
        SceneEntity entity = root;
        while (true)
        {
            if (entity.Parts?.Mesh is { } mesh)
            {
                measured.Add(mesh, places[level], entity.Parts.Instances);
            }

            if (entity.FirstChild is { } child)
            {
                entity = child;
                places[level + 1] = places[level] * child.Local;
                level++;
                continue;
            }

            while (entity != root && entity.NextSibling is null)
            {
                entity = entity.Parent!;
                level--;
            }

            if (entity == root)
            {
                return measured._bounds;
            }

            entity = entity.NextSibling!;
            places[level] = places[level - 1] * entity.Local;
        }
    }

    private void Add(SceneMesh mesh, Placement place, IReadOnlyList<Placement>? instances)
    {
        if (instances is null)
        {
            Add(mesh, place);
            return;
        }

        foreach (Placement instance in instances)
        {
            Add(mesh, place * instance);
        }
    }

    private void Add(SceneMesh mesh, Placement place)
    {
        long corners = 3 * mesh.TriangleCount;
        if (place.KeepsAxes || corners > _cornersLeft)
        {
            _bounds = _bounds.Union(place.Transform(mesh.Bounds));
            return;
        }

        _cornersLeft -= corners;
        _bounds = _bounds.Union(_geometry.MeasureBounds(mesh, place));
    }
}
