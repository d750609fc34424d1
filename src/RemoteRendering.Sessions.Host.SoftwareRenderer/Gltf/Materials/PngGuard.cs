using System.Buffers.Binary;
using System.IO.Compression;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;

/// <summary>
/// Looks into a PNG before it is decoded: compressed content may unfold to a thousand times what the head says, and decoders follow it.
/// </summary>
internal static class PngGuard
{
    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Writers leave surplus bytes behind the pixels, which decoders ignore.</summary>
    private const long MaxSurplus = 64 * 1024;

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(_signature);

    /// <summary>
    /// Whether the pixels unfold to about as much as a picture of its size has at most. What stands behind the end of the picture does not
    /// count.
    /// </summary>
    public static bool HoldsWhatItSays(byte[] file)
    {
        using var compressed = new MemoryStream();
        long most = 0;
        int at = _signature.Length;
        while (file.Length - at >= 12)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            ReadOnlySpan<byte> type = file.AsSpan(at + 4, 4);
            if (length > file.Length - at - 12)
            {
                return false;
            }

            if (type.SequenceEqual("IHDR"u8) && length >= 13)
            {
                most = MostBytes(file.AsSpan(at + 8));
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                compressed.Write(file, at + 8, (int)length);
            }

            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            at += 12 + (int)length;
        }

        compressed.Position = 0;
        using var unfolded = new ZLibStream(compressed, CompressionMode.Decompress);
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        int read;
        most += MaxSurplus;
        while (count <= most && (read = unfolded.Read(buffer)) > 0)
        {
            count += read;
        }

        return count <= most;
    }

    private static long MostBytes(ReadOnlySpan<byte> head)
    {
        long width = BinaryPrimitives.ReadUInt32BigEndian(head);
        long height = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        int channels = head[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        long row = ((width * head[8] * channels) + 7) / 8;

        // A filter byte for each row; an interlaced picture has up to twice the rows, with a little more in each.
        return head[12] == 0 ? (row + 1) * height : ((row + 8) * height * 2) + 64;
    }
}
