using System.Buffers.Binary;
using System.IO.Compression;

namespace RemoteRendering.Sessions.Host.Scene.Pictures;

/// <summary>
/// Writes pictures as PNG, quickly rather than as small as can be. Our own, on the framework's deflate: the libraries that could do it
/// either bring native code for each platform or a slow deflate of their own, for what is little more than a filter before the compression.
/// </summary>
internal static class PngEncoder
{
    private const byte ColorRgb = 2;
    private const byte ColorRgba = 6;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes a picture.</summary>
    /// <param name="rgba">
    /// Four bytes for each pixel, rows from the top; alpha is straight. A picture without any transparency is written without alpha.
    /// </param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    public static byte[] Encode(ReadOnlySpan<byte> rgba, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (rgba.Length != 4L * width * height)
        {
            throw new ArgumentException(
                $"A picture of {width} x {height} has {4L * width * height} bytes, not {rgba.Length}.", nameof(rgba));
        }

        bool isOpaque = PngRows.IsOpaque(rgba);
        using var file = new MemoryStream(rgba.Length / 8);
        file.Write(Signature);

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = isOpaque ? ColorRgb : ColorRgba;
        header[10..].Clear();
        WriteChunk(file, "IHDR"u8, header);

        using var data = new MemoryStream(rgba.Length / 8);
        using (var compressed = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            PngRows.Write(compressed, rgba, width, isOpaque ? 3 : 4);
        }

        WriteChunk(file, "IDAT"u8, data.GetBuffer().AsSpan(0, (int)data.Length));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc32.Continue(Crc32.Continue(uint.MaxValue, type), data));
        file.Write(number);
    }
}
