namespace RemoteRendering.Sessions.Emulator;

/// <summary>The box around the meshes of an entity and of everything below it.</summary>
internal static class SubtreeBounds
{
    /// <summary>Measures in the entity's own space, or in the world.</summary>
    public static Box3D Measure(SceneEntity root, bool inWorld)
    {
        // One place for each level on the way down; deeper than a scene may be it cannot get.
        var places = new Placement[SceneGraph.MaxLevels + 1];
        places[0] = inWorld ? SceneGraph.Inherited(root).World : Placement.Identity;
        Box3D bounds = Box3D.Empty;
        int level = 0;
        SceneEntity entity = root;
        while (true)
        {
            if (entity.Parts?.Mesh is { } mesh)
            {
                bounds = bounds.Union(places[level].Transform(mesh.Triangles.Bounds));
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
                return bounds;
            }

            entity = entity.NextSibling!;
            places[level] = places[level - 1] * entity.Local;
        }
    }
}
