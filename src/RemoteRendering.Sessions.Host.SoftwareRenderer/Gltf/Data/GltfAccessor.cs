namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;

/// <summary>An accessor after the check: its form, and where its elements are.</summary>
/// <param name="Count">The number of elements.</param>
/// <param name="Components">The numbers in each.</param>
/// <param name="Type">The type of the numbers, as glTF numbers them.</param>
/// <param name="IsNormalized">Whether whole numbers stand for 0 to 1, or -1 to 1.</param>
/// <param name="Stride">The bytes from one element to the next.</param>
/// <param name="Bytes">The elements; empty for zeros.</param>
internal sealed record GltfAccessor(int Count, int Components, int Type, bool IsNormalized, int Stride, ReadOnlyMemory<byte> Bytes)
{
    public int ComponentBytes => BytesOf(Type);

    public int ElementBytes => ComponentBytes * Components;

    /// <summary>Gets a value indicating whether it can hold the numbers of corners.</summary>
    public bool IsIndex => Components == 1 && Type is 5121 or 5123 or 5125;

    /// <summary>Gets the size of a component type; 0 for one that does not exist.</summary>
    public static int BytesOf(int type) => type switch
    {
        5120 or 5121 => 1,
        5122 or 5123 => 2,
        5125 or 5126 => 4,
        _ => 0,
    };
}
