using System.Text.Json;

namespace RemoteRendering.Sessions.Scene.Models;

/// <summary>Finds the files that a glTF or GLB file references.</summary>
internal static class ModelFileNames
{
    private const uint BinaryMagic = 0x4654_6C67;
    private const int BinaryHead = 20;
    private const int MaxLevels = 1_024;

    /// <summary>Reads the references.</summary>
    /// <param name="model">The file, a seekable stream. Its position is kept.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The references as they are in the file, each once. Empty when the file is broken, which the host reports.</returns>
    public static async Task<IReadOnlyList<string>> ReadAsync(Stream model, CancellationToken cancellationToken)
    {
        long start = model.Position;
        try
        {
            return Find(await ReadTextAsync(model, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return [];
        }
        finally
        {
            model.Position = start;
        }
    }

    private static async Task<byte[]> ReadTextAsync(Stream model, CancellationToken cancellationToken)
    {
        long start = model.Position;
        byte[] head = await ReadAsync(model, (int)Math.Min(BinaryHead, model.Length - start), cancellationToken).ConfigureAwait(false);
        if (head.Length == BinaryHead && BitConverter.ToUInt32(head, 0) == BinaryMagic)
        {
            long length = Math.Min(BitConverter.ToUInt32(head, 12), model.Length - model.Position);
            return await ReadAsync(model, (int)length, cancellationToken).ConfigureAwait(false);
        }

        model.Position = start;
        return await ReadAsync(model, (int)(model.Length - start), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(Stream model, int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        int filled = 0;
        int read;
#pragma warning disable CA1835 // .NET Standard has no overload with memory.
        while (filled < length
            && (read = await model.ReadAsync(bytes, filled, length - filled, cancellationToken).ConfigureAwait(false)) > 0)
#pragma warning restore CA1835
        {
            filled += read;
        }

        return bytes;
    }

    private static List<string> Find(byte[] text)
    {
        ReadOnlySpan<byte> json = text;
        json = json.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }) ? json.Slice(3) : json;
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxLevels });
        bool isIn = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                isIn = reader.ValueTextEquals("buffers"u8) || reader.ValueTextEquals("images"u8);
            }
            else if (isIn && reader.CurrentDepth == 3 && reader.ValueTextEquals("uri"u8) && reader.Read()
                && reader.TokenType == JsonTokenType.String
                && !StartsWithData(reader) && reader.GetString() is { Length: > 0 } name && seen.Add(name))
            {
                names.Add(name);
            }
        }

        return names;
    }

    /// <summary>Embedded files may be large: they are not converted to strings.</summary>
    private static bool StartsWithData(Utf8JsonReader reader) => reader.ValueSpan.StartsWith("data:"u8);
}
