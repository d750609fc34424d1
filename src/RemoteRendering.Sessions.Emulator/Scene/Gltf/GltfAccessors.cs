using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>Checks that every accessor of a file lies in the bytes that are there, before anything is read through it.</summary>
internal sealed class GltfAccessors
{
    private readonly GltfDocument _document;
    private readonly SceneLimits _limits;
    private readonly int[] _viewLengths;
    private readonly (int Count, int Components, int ComponentType)[] _accessors;

    /// <param name="document">The file.</param>
    /// <param name="bufferLengths">How many bytes each buffer really has.</param>
    /// <param name="limits">What may be spent.</param>
    public GltfAccessors(GltfDocument document, int[] bufferLengths, SceneLimits limits)
    {
        _document = document;
        _limits = limits;
        _viewLengths = Array.ConvertAll(document.List("bufferViews"), view => LengthOfView(view, bufferLengths));
        _accessors = Array.ConvertAll(document.List("accessors"), Check);
    }

    public int CountOf(int accessor) => _accessors[accessor].Count;

    public bool IsVector(int accessor, int components) => _accessors[accessor].Components == components;

    /// <summary>Whether it can hold the numbers of corners.</summary>
    public bool IsIndex(int accessor) => _accessors[accessor] is { Components: 1, ComponentType: 5121 or 5123 or 5125 };

    private int LengthOfView(JsonElement view, int[] bufferLengths)
    {
        int buffer = _document.Index(view, "buffer", "buffers", isNeeded: true);
        int offset = _document.Whole(view, "byteOffset", 0);
        int length = _document.Whole(view, "byteLength");
        return (long)offset + length <= bufferLengths[buffer] ? length : throw _document.Corrupt($"a view of {length} bytes reaches beyond buffer {buffer}");
    }

    private (int Count, int Components, int ComponentType) Check(JsonElement accessor)
    {
        int count = _document.Whole(accessor, "count");
        int componentType = _document.Whole(accessor, "componentType");
        int componentSize = SizeOf(componentType);
        int components = ComponentsOf(_document.Text(accessor, "type"));
        int size = componentSize * components;
        int view = _document.Index(accessor, "bufferView", "bufferViews");
        if (view >= 0)
        {
            int stride = _document.Whole(_document.List("bufferViews")[view], "byteStride", size);
            int offset = _document.Whole(accessor, "byteOffset", 0);
            if (stride < size || count < 1 || offset + ((long)stride * (count - 1)) + size > _viewLengths[view])
            {
                throw _document.Corrupt($"an accessor of {count} elements reaches beyond its view");
            }
        }
        else if ((long)count * size > _limits.MemoryBytes)
        {
            // Zeros take no bytes in the file.
            throw SceneLimits.Exceeded(_document.Name, "bytes in memory", _limits.MemoryBytes);
        }

        if (_document.Member(accessor, "sparse") is { } sparse)
        {
            CheckSparse(sparse, count, size);
        }

        return (count, components, componentType);
    }

    private void CheckSparse(JsonElement sparse, int count, int size)
    {
        int changed = _document.Whole(sparse, "count");
        JsonElement indices = _document.Member(sparse, "indices") ?? throw _document.Corrupt("a sparse accessor has no indices");
        JsonElement values = _document.Member(sparse, "values") ?? throw _document.Corrupt("a sparse accessor has no values");
        if (changed > count
            || !Fits(indices, (long)changed * SizeOf(_document.Whole(indices, "componentType")))
            || !Fits(values, (long)changed * size))
        {
            throw _document.Corrupt("a sparse accessor has more than there is");
        }
    }

    private bool Fits(JsonElement part, long bytes) =>
        _document.Whole(part, "byteOffset", 0) + bytes <= _viewLengths[_document.Index(part, "bufferView", "bufferViews", isNeeded: true)];

    private int SizeOf(int componentType) => componentType switch
    {
        5120 or 5121 => 1,
        5122 or 5123 => 2,
        5125 or 5126 => 4,
        _ => throw _document.Corrupt($"there is no component type {componentType}"),
    };

    private int ComponentsOf(string? type) => type switch
    {
        "SCALAR" => 1,
        "VEC2" => 2,
        "VEC3" => 3,
        "VEC4" or "MAT2" => 4,
        "MAT3" => 9,
        "MAT4" => 16,
        _ => throw _document.Corrupt("an accessor has an unknown type"),
    };
}
