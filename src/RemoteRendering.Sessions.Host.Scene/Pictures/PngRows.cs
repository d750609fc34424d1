using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Host.Scene.Pictures;

/// <summary>Filters the rows of a PNG: each becomes its difference to its left or to the row above, whichever is smaller.</summary>
internal static class PngRows
{
    private const byte FilterSub = 1;
    private const byte FilterUp = 2;

    public static bool IsOpaque(ReadOnlySpan<byte> rgba)
    {
        foreach (uint pixel in MemoryMarshal.Cast<byte, uint>(rgba))
        {
            uint alpha = BitConverter.IsLittleEndian ? pixel >> 24 : pixel & 0xFF;
            if (alpha != 0xFF)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the filtered rows.</summary>
    /// <param name="target">What compresses them.</param>
    /// <param name="rgba">The picture.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="channels">3 leaves alpha out.</param>
    public static void Write(ZLibStream target, ReadOnlySpan<byte> rgba, int width, int channels)
    {
        int length = width * channels;

        // One pixel of nothing before each row, so that the first has a left one too.
        var above = new byte[channels + length];
        var row = new byte[channels + length];
        var sub = new byte[1 + length];
        var up = new byte[1 + length];
        sub[0] = FilterSub;
        up[0] = FilterUp;
        for (int start = 0; start < rgba.Length; start += 4 * width)
        {
            (above, row) = (row, above);
            Pack(rgba.Slice(start, 4 * width), row.AsSpan(channels), channels);
            Span<byte> current = row.AsSpan(channels);
            long subSize = Subtract(current, row.AsSpan(0, length), sub.AsSpan(1));
            long upSize = Subtract(current, above.AsSpan(channels), up.AsSpan(1));
            target.Write(upSize <= subSize ? up : sub);
        }
    }

    private static void Pack(ReadOnlySpan<byte> rgba, Span<byte> row, int channels)
    {
        if (channels == 4)
        {
            rgba.CopyTo(row);
            return;
        }

        for (int from = 0, to = 0; to + 2 < row.Length; from += 4, to += 3)
        {
            row[to] = rgba[from];
            row[to + 1] = rgba[from + 1];
            row[to + 2] = rgba[from + 2];
        }
    }

    /// <summary>Writes the difference, and says how far it is from 0 in all.</summary>
    private static long Subtract(ReadOnlySpan<byte> values, ReadOnlySpan<byte> others, Span<byte> differences)
    {
        long size = 0;
        int i = 0;
        for (; i <= values.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector<byte> difference = new Vector<byte>(values[i..]) - new Vector<byte>(others[i..]);
            difference.CopyTo(differences[i..]);
            Vector.Widen(Vector.Min(difference, Vector<byte>.Zero - difference), out Vector<ushort> low, out Vector<ushort> high);
            size += Vector.Sum(low + high);
        }

        for (; i < values.Length; i++)
        {
            differences[i] = (byte)(values[i] - others[i]);
            size += Math.Min(differences[i], (byte)-differences[i]);
        }

        return size;
    }
}
