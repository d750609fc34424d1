namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;

/// <summary>Where the bytes of a buffer are.</summary>
/// <param name="Bytes">An array with them.</param>
/// <param name="Offset">Where they begin in it.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct GltfBuffer(byte[] Bytes, int Offset, int Length)
{
    public ReadOnlyMemory<byte> Content => Bytes.AsMemory(Offset, Length);
}
