using System.Buffers.Binary;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;

/// <summary>
/// Finds the elements of accessors. What nothing uses is not looked at, so that it may lack its bytes, as the uncompressed twin of
/// compressed data does.
/// </summary>
/// <param name="document">The file.</param>
/// <param name="buffers">The bytes of its buffers; null for a buffer that has none.</param>
/// <param name="limits">What may be spent.</param>
internal sealed class GltfAccessors(GltfDocument document, GltfBuffer?[] buffers, SceneLimits limits)
{
    private readonly GltfObject[] _accessors = document.List("accessors");
    private readonly GltfObject[] _views = document.List("bufferViews");
    private readonly Dictionary<int, GltfAccessor> _checked = [];

    /// <summary>Gets an accessor whose elements lie in the bytes that are there. Those of a sparse one are not put together yet.</summary>
    /// <exception cref="SceneException">It breaks a rule, or passes a limit.</exception>
    public GltfAccessor Check(int accessor)
    {
        if (!_checked.TryGetValue(accessor, out GltfAccessor? known))
        {
            known = Check(_accessors[accessor]);
            _checked.Add(accessor, known);
        }

        return known;
    }

    /// <summary>Gets an accessor with all its elements.</summary>
    public GltfAccessor Open(int accessor)
    {
        GltfAccessor form = Check(accessor);
        return _accessors[accessor].Member("sparse") is { } sparse ? Dense(form, sparse) : form;
    }

    /// <summary>Gets the bytes of a view.</summary>
    public ReadOnlyMemory<byte> View(int number)
    {
        GltfObject view = _views[number];
        int index = view.Index("buffer", "buffers", isNeeded: true);
        if (buffers[index] is not { } buffer)
        {
            throw GltfVersion.CompressionOf(view) is { } extension
                ? GltfVersion.Missing(document, extension, view.Place)
                : view.Corrupt($"buffer {index} has no bytes");
        }

        int offset = view.Whole("byteOffset", 0);
        int length = view.Whole("byteLength");
        return (long)offset + length <= buffer.Length
            ? buffer.Content.Slice(offset, length)
            : throw view.Corrupt($"it reaches to byte {(long)offset + length} of buffer {index}, which has {buffer.Length}");
    }

    private GltfAccessor Check(GltfObject accessor)
    {
        int count = accessor.Whole("count");
        int type = accessor.Whole("componentType");
        int components = ComponentsOf(accessor);
        int size = GltfAccessor.BytesOf(type) * components;
        if (size == 0 || count < 1)
        {
            throw accessor.Corrupt(size == 0 ? $"there is no component type {type}" : "'count' must be at least 1");
        }

        ReadOnlyMemory<byte> bytes = default;
        int stride = size;
        int number = accessor.Index("bufferView", "bufferViews");
        if (number >= 0)
        {
            GltfObject view = _views[number];
            stride = view.Whole("byteStride", size);
            if (stride < size)
            {
                throw view.Corrupt($"'byteStride' is {stride}, but an element of accessor {accessor.Number} has {size} bytes");
            }

            int offset = accessor.Whole("byteOffset", 0);
            long end = offset + ((long)stride * (count - 1)) + size;
            bytes = View(number);
            bytes = end <= bytes.Length
                ? bytes[offset..]
                : throw accessor.Corrupt($"{count} elements need {end} bytes of buffer view {number}, which has {bytes.Length}");
        }
        else if ((long)count * size > limits.MemoryBytes)
        {
            // Zeros take no bytes in the file.
            throw SceneLimits.Exceeded(document.Name, "bytes in memory", limits.MemoryBytes);
        }

        if (accessor.Member("sparse") is { } sparse)
        {
            CheckSparse(sparse, count, size);
        }

        return new GltfAccessor(count, components, type, accessor.Flag("normalized"), stride, bytes);
    }

    private void CheckSparse(GltfObject sparse, int count, int size)
    {
        int changed = sparse.Whole("count");
        GltfObject indices = sparse.Needed("indices");
        int type = indices.Whole("componentType");
        if (type is not (5121 or 5123 or 5125))
        {
            throw indices.Corrupt($"component type {type} cannot number elements");
        }

        if (changed > count)
        {
            throw sparse.Corrupt($"'count' is {changed}, but the accessor has {count} elements");
        }

        Part(indices, (long)changed * GltfAccessor.BytesOf(type));
        Part(sparse.Needed("values"), (long)changed * size);
    }

    private ReadOnlyMemory<byte> Part(GltfObject part, long length)
    {
        ReadOnlyMemory<byte> view = View(part.Index("bufferView", "bufferViews", isNeeded: true));
        int offset = part.Whole("byteOffset", 0);
        return offset + length <= view.Length
            ? view.Slice(offset, (int)length)
            : throw part.Corrupt($"it needs {offset + length} bytes of its buffer view, which has {view.Length}");
    }

    private GltfAccessor Dense(GltfAccessor form, GltfObject sparse)
    {
        int size = form.ElementBytes;
        if ((long)size * form.Count > Math.Min(limits.MemoryBytes, Array.MaxLength))
        {
            throw SceneLimits.Exceeded(document.Name, "bytes in memory", limits.MemoryBytes);
        }

        byte[] dense = new byte[size * form.Count];
        for (int i = 0; i < form.Count && !form.Bytes.IsEmpty; i++)
        {
            form.Bytes.Span.Slice(form.Stride * i, size).CopyTo(dense.AsSpan(size * i));
        }

        int changed = sparse.Whole("count");
        GltfObject indices = sparse.Needed("indices");
        int type = indices.Whole("componentType");
        ReadOnlySpan<byte> numbers = Part(indices, (long)changed * GltfAccessor.BytesOf(type)).Span;
        ReadOnlySpan<byte> values = Part(sparse.Needed("values"), (long)changed * size).Span;
        for (int i = 0; i < changed; i++)
        {
            uint at = type switch
            {
                5121 => numbers[i],
                5123 => BinaryPrimitives.ReadUInt16LittleEndian(numbers[(2 * i)..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(numbers[(4 * i)..]),
            };
            if (at >= (uint)form.Count)
            {
                throw indices.Corrupt($"there is no element {at}; the accessor has {form.Count}");
            }

            values.Slice(size * i, size).CopyTo(dense.AsSpan(size * (int)at));
        }

        return form with { Stride = size, Bytes = dense };
    }

    private static int ComponentsOf(GltfObject accessor) => accessor.Text("type") switch
    {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" or "MAT2" => 4,
        "MAT3" => 9,
        "MAT4" => 16,
        null => throw accessor.Corrupt("'type' is missing"),
        { } other => throw accessor.Corrupt($"there is no type '{SceneLimits.ShortenName(other)}'"),
    };
}
