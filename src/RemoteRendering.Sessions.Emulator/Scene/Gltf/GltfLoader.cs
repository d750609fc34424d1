using SharpGLTF.Schema2;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Reads a glTF or GLB file: looks at all of it first, then reads.</summary>
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
            GltfVersion.Check(document);
            var resources = new GltfResources(document, container, fetch);
            GltfBuffer[] buffers = await resources.ReadBuffersAsync(cancellationToken).ConfigureAwait(false);
            var layout = new GltfLayout(document, Array.ConvertAll(buffers, buffer => buffer.Length), limits);
            onProgress(0.1);
            GltfTextures textures = await ReadTexturesAsync(document, resources, buffers, layout, limits, cancellationToken).ConfigureAwait(false);
            onProgress(0.3);
            ModelRoot root = GltfModelBuilder.Read(GltfRewriter.Write(document, buffers), buffers);
            return GltfModelBuilder.Build(root, layout, textures, rootName, done => onProgress(0.3 + (0.7 * done)), cancellationToken);
        }
        catch (Exception exception) when (exception is not SceneException and not OperationCanceledException and not OutOfMemoryException)
        {
            // The reader has many ways to say that a file is broken; the client needs to know only that.
            throw new SceneException(SceneErrorCode.FileCorrupt, $"'{name}' is broken: {exception.Message}", exception);
        }
    }

    private static async Task<GltfTextures> ReadTexturesAsync(
        GltfDocument document, GltfResources resources, GltfBuffer[] buffers, GltfLayout layout, SceneLimits limits, CancellationToken cancellationToken)
    {
        var textures = new GltfTextures(document, limits);
        JsonElement[] images = document.List("images");
        foreach (JsonElement material in document.List("materials"))
        {
            if (document.Member(material, "pbrMetallicRoughness") is not { } colors || document.Member(colors, "baseColorTexture") is not { } used)
            {
                continue;
            }

            int image = layout.TextureImages[document.Index(used, "index", "textures", isNeeded: true)];
            if (image >= 0 && !textures.Has(image))
            {
                cancellationToken.ThrowIfCancellationRequested();
                textures.Read(image, await resources.ReadImageAsync(images[image], buffers, cancellationToken).ConfigureAwait(false));
            }
        }

        return textures;
    }
}
