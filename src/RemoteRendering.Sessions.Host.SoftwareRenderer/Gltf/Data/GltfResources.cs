using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;

/// <summary>Brings the bytes that a text names: those of its own GLB, embedded ones, and files beside it.</summary>
/// <param name="document">The text.</param>
/// <param name="container">What the file has beside the text.</param>
/// <param name="file">The file, which opens others.</param>
internal sealed class GltfResources(GltfDocument document, GltfContainer container, SceneModelFile file)
{
    /// <summary>Gets the bytes of the buffers.</summary>
    /// <returns>One for each buffer; null for one that has no bytes, as a placeholder for compressed ones.</returns>
    public async Task<GltfBuffer?[]> ReadBuffersAsync(CancellationToken cancellationToken)
    {
        GltfObject[] list = document.List("buffers");
        var buffers = new GltfBuffer?[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            int length = list[i].Whole("byteLength");
            GltfBuffer? buffer =
                list[i].Text("uri") is { } uri ? Whole(await ReadAsync(list[i], uri, cancellationToken).ConfigureAwait(false))
                : i == 0 && container.BinaryOffset > 0 ? new GltfBuffer(container.File, container.BinaryOffset, container.BinaryLength)
                : null;
            buffers[i] = buffer is null || length <= buffer.Value.Length
                ? buffer is { } bytes ? bytes with { Length = length } : null
                : throw list[i].Corrupt($"'byteLength' is {length}, but there are {buffer.Value.Length} bytes");
        }

        return buffers;
    }

    /// <summary>Gets the file of a picture; null when it has none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadImageAsync(GltfObject image, GltfAccessors accessors, CancellationToken cancellationToken)
    {
        if (image.Text("uri") is { } uri)
        {
            return await ReadAsync(image, uri, cancellationToken).ConfigureAwait(false);
        }

        int view = image.Index("bufferView", "bufferViews");
        return view < 0 ? null : accessors.View(view);
    }

    private static GltfBuffer Whole(byte[] bytes) => new(bytes, 0, bytes.Length);

    private Task<byte[]> ReadAsync(GltfObject owner, string uri, CancellationToken cancellationToken)
    {
        if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(Decode(owner, uri));
        }

        return file.HasNeighbours
            ? file.OpenNeighbourAsync(uri, cancellationToken)
            : throw new SceneException(
                SceneErrorCode.UnsupportedFileProvider,
                $"'{document.Name}': {owner.Place} names the file '{SceneLimits.ShortenName(uri)}', but this source is a single file. "
                    + "Upload the files that it names with it, or embed them.");
    }

    private static byte[] Decode(GltfObject owner, string uri)
    {
        int comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw owner.Corrupt("the embedded file is not base64");
        }

        ReadOnlySpan<char> text = uri.AsSpan(comma + 1);
        byte[] bytes = new byte[((text.Length / 4) + 1) * 3];
        if (!Convert.TryFromBase64Chars(text, bytes, out int length))
        {
            throw owner.Corrupt("the embedded file is not base64");
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }
}
