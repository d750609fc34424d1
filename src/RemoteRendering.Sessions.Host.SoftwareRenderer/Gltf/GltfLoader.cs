using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>Reads a glTF or GLB file: checks all that it uses, then builds.</summary>
internal static class GltfLoader
{
    /// <summary>Reads a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="onProgress">Told from 0 to 1 how far it is.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="SceneException">The file is refused.</exception>
    public static async Task<SceneModel> LoadAsync(
        SceneModelFile file,
        SceneLimits limits,
        Action<double> onProgress,
        CancellationToken cancellationToken)
    {
        GltfContainer container = GltfContainer.Open(BytesOf(file.Content), file.Name);
        using GltfDocument document = GltfDocument.Parse(container.Json, file.Name);
        try
        {
            var warnings = new GltfWarnings();
            GltfVersion.Check(document, warnings);
            var resources = new GltfResources(document, container, file);
            var accessors = new GltfAccessors(document, await resources.ReadBuffersAsync(cancellationToken).ConfigureAwait(false), limits);
            var materials = new GltfMaterials(document, warnings);
            var layout = new GltfLayout(document, accessors, materials, limits, warnings);
            onProgress(0.1);
            GltfTextures textures =
                await materials.ReadTexturesAsync(resources, accessors, limits, cancellationToken).ConfigureAwait(false);
            onProgress(0.3);
            cancellationToken.ThrowIfCancellationRequested();
            var builder = new GltfModelBuilder(document, accessors, layout, materials, textures, warnings, cancellationToken);
            return builder.Build(file.RootName, done => onProgress(0.3 + (0.7 * done)));
        }
        catch (Exception exception) when (exception is not SceneException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The checks above should leave nothing for this one; a client gets a typed refusal all the same.
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{file.Name}' is broken: it could not be read.", exception);
        }
    }

    /// <summary>Gets the array of a content that is all of one; copies any other.</summary>
    private static byte[] BytesOf(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : content.ToArray();
}
