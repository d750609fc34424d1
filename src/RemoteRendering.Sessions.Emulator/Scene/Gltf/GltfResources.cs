using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Brings the bytes that a text names: those of its own GLB, embedded ones, and files beside it.</summary>
/// <param name="document">The text.</param>
/// <param name="container">The file that it is in.</param>
/// <param name="fetch">Fetches a file beside it; null when there is nothing beside it.</param>
internal sealed class GltfResources(GltfDocument document, GltfContainer container, Func<string, CancellationToken, Task<byte[]>>? fetch)
{
    public async Task<GltfBuffer[]> ReadBuffersAsync(CancellationToken cancellationToken)
    {
        JsonElement[] list = document.List("buffers");
        var buffers = new GltfBuffer[list.Length];
        for (int i = 0; i < list.Length; i++)
        {
            int length = document.Whole(list[i], "byteLength");
            string? uri = document.Text(list[i], "uri");
            GltfBuffer buffer = uri is null
                ? i == 0 && container.BinaryOffset > 0
                    ? new GltfBuffer(container.File, container.BinaryOffset, container.BinaryLength)
                    : throw document.Corrupt($"buffer {i} has no bytes")
                : Whole(await ReadAsync(uri, cancellationToken).ConfigureAwait(false));
            buffers[i] = length <= buffer.Length
                ? buffer with { Length = length }
                : throw document.Corrupt($"buffer {i} says that it has {length} bytes, but there are {buffer.Length}");
        }

        return buffers;
    }

    /// <summary>The file of a picture; null when it is of a kind that has none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadImageAsync(JsonElement image, GltfBuffer[] buffers, CancellationToken cancellationToken)
    {
        if (document.Text(image, "uri") is { } uri)
        {
            return await ReadAsync(uri, cancellationToken).ConfigureAwait(false);
        }

        int index = document.Index(image, "bufferView", "bufferViews");
        if (index < 0)
        {
            return null;
        }

        JsonElement view = document.List("bufferViews")[index];
        GltfBuffer buffer = buffers[document.Index(view, "buffer", "buffers", isNeeded: true)];
        return buffer.Content.Slice(document.Whole(view, "byteOffset", 0), document.Whole(view, "byteLength"));
    }

    private static GltfBuffer Whole(byte[] bytes) => new(bytes, 0, bytes.Length);

    private Task<byte[]> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return Task.FromResult(Decode(uri));
        }

        return fetch is not null
            ? fetch(uri, cancellationToken)
            : throw new SceneException(SceneErrorCode.UnsupportedFileProvider, $"'{document.Name}' names other files, and there are none beside it.");
    }

    private byte[] Decode(string uri)
    {
        int comma = uri.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !uri.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw document.Corrupt("an embedded file is not base64");
        }

        try
        {
            return Convert.FromBase64String(uri[(comma + 1)..]);
        }
        catch (FormatException)
        {
            throw document.Corrupt("an embedded file is not base64");
        }
    }
}
