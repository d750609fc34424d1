namespace RemoteRendering.Sessions.Emulator;

/// <summary>Turns a source into a model. Thread-safe.</summary>
internal static class ModelLoader
{
    public static Model Load(ModelSource source, CancellationToken cancellationToken)
    {
        if (source.Builtin is { } name)
        {
            Model model = BuiltinModels.Find(name) ?? throw new SceneException(SceneErrorCode.FileNotFound, $"There is no built-in model '{source.Name}'.");
            Prepare(model, cancellationToken);
            return model;
        }

        throw new SceneException(SceneErrorCode.UnsupportedFileProvider, "This host reads built-in models only.");
    }

    /// <summary>Builds what queries need, so that the first of them does not wait for it.</summary>
    private static void Prepare(Model model, CancellationToken cancellationToken)
    {
        foreach (ModelMesh mesh in model.Nodes.Select(node => node.Mesh).OfType<ModelMesh>().Distinct())
        {
            mesh.Triangles.BuildBvh(cancellationToken);
        }
    }
}
