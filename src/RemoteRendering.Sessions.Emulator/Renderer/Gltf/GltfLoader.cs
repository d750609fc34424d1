using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Renderer.Gltf;

/// <summary>Reads a glTF or GLB file: checks all that it uses, then builds.</summary>
internal static class GltfLoader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The whole of it.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="rootName">How its root is named.</param>
    /// <param name="fetch">Fetches a file beside it; null when there is nothing beside it.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="onProgress">Told from 0 to 1 how far it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SceneException">The file is refused.</exception>
    public static async Task<Model> LoadAsync(
        byte[] file,
        string name,
        string rootName,
        Func<string, CancellationToken, Task<byte[]>>? fetch,
        SceneLimits limits,
        Action<double> onProgress,
        CancellationToken cancellationToken)
    {
        GltfContainer container = GltfContainer.Open(file, name);
        using GltfDocument document = GltfDocument.Parse(container.Json, name);
        try
        {
            var warnings = new GltfWarnings();
            GltfVersion.Check(document, warnings);
            var resources = new GltfResources(document, container, fetch);
            var accessors = new GltfAccessors(document, await resources.ReadBuffersAsync(cancellationToken).ConfigureAwait(false), limits);
            var materials = new GltfMaterials(document, warnings);
            var layout = new GltfLayout(document, accessors, materials, limits, warnings);
            onProgress(0.1);
            GltfTextures textures = await materials.ReadTexturesAsync(resources, accessors, limits, cancellationToken).ConfigureAwait(false);
            onProgress(0.3);
            cancellationToken.ThrowIfCancellationRequested();
            var builder = new GltfModelBuilder(document, accessors, layout, materials, textures, warnings, cancellationToken);
            return builder.Build(rootName, done => onProgress(0.3 + (0.7 * done)));
        }
        catch (Exception exception) when (exception is not SceneException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The checks above should leave nothing for this one; a client gets a typed refusal all the same.
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{name}' is broken: it could not be read.", exception);
        }
    }
}
