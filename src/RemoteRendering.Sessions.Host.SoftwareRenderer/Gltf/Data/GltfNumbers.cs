using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;

/// <summary>Reads the elements of an accessor as numbers.</summary>
internal static class GltfNumbers
{
    private const int Stride = 65_536;

    /// <summary>Reads elements as single-precision numbers.</summary>
    /// <param name="accessor">The accessor, with all its elements.</param>
    /// <param name="first">The first element to read.</param>
    /// <param name="to">Where to; a multiple of <paramref name="components"/> long.</param>
    /// <param name="components">The numbers of an element there; those that the accessor lacks become 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Read(GltfAccessor accessor, int first, Span<float> to, int components, CancellationToken cancellationToken)
    {
        int count = to.Length / components;
        if (accessor.Bytes.IsEmpty)
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = i % components < accessor.Components ? 0 : 1;
            }

            return;
        }

        ReadOnlySpan<byte> from = accessor.Bytes.Span[(accessor.Stride * first)..];
        bool isFloat = accessor.Type == 5126;
        if (isFloat && BitConverter.IsLittleEndian && accessor.Components == components && accessor.Stride == 4 * components)
        {
            from[..(4 * to.Length)].CopyTo(MemoryMarshal.AsBytes(to));
            return;
        }

        int given = Math.Min(components, accessor.Components);
        int size = accessor.ComponentBytes;
        for (int i = 0; i < count; i++)
        {
            if (i % Stride == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            ReadOnlySpan<byte> element = from[(accessor.Stride * i)..];
            Span<float> target = to.Slice(components * i, components);
            for (int c = 0; c < given; c++)
            {
                target[c] = isFloat
                    ? BinaryPrimitives.ReadSingleLittleEndian(element[(4 * c)..])
                    : ReadWhole(accessor, element[(size * c)..]);
            }

            target[given..].Fill(1);
        }
    }

    /// <summary>Reads the numbers of corners.</summary>
    /// <param name="accessor">The accessor, with all its elements; an index.</param>
    /// <param name="to">Where to, the first elements.</param>
    /// <returns>The largest.</returns>
    public static uint ReadIndices(GltfAccessor accessor, Span<int> to)
    {
        uint largest = 0;
        if (accessor.Bytes.IsEmpty)
        {
            to.Clear();
            return largest;
        }

        ReadOnlySpan<byte> from = accessor.Bytes.Span;
        for (int i = 0; i < to.Length; i++)
        {
            ReadOnlySpan<byte> element = from[(accessor.Stride * i)..];
            uint index = accessor.Type switch
            {
                5121 => element[0],
                5123 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(element),
            };
            largest = Math.Max(largest, index);
            to[i] = (int)index;
        }

        return largest;
    }

    private static float ReadWhole(GltfAccessor accessor, ReadOnlySpan<byte> component) => accessor.Type switch
    {
        5120 => accessor.IsNormalized ? Math.Max((sbyte)component[0] / 127f, -1) : (sbyte)component[0],
        5121 => accessor.IsNormalized ? component[0] / 255f : component[0],
        5122 =>
            BinaryPrimitives.ReadInt16LittleEndian(component) is var number && accessor.IsNormalized
                ? Math.Max(number / 32_767f, -1)
                : number,
        5123 => BinaryPrimitives.ReadUInt16LittleEndian(component) is var number && accessor.IsNormalized ? number / 65_535f : number,
        _ => BinaryPrimitives.ReadUInt32LittleEndian(component),
    };
}
