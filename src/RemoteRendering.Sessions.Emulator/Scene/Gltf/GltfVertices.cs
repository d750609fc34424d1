namespace RemoteRendering.Sessions.Emulator;

/// <summary>A row of corners that primitives of a mesh share.</summary>
/// <param name="Key">Where they come from.</param>
/// <param name="First">Where they begin in the mesh.</param>
/// <param name="Count">How many there are.</param>
internal sealed record GltfVertices(GltfVertexKey Key, int First, int Count);
