using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>A row of corners that primitives of a mesh share.</summary>
/// <param name="Key">Where they come from.</param>
/// <param name="First">Where they begin in the mesh.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Owner">The first primitive that has them.</param>
/// <param name="Joints">The accessors of the joints that move them, in fours.</param>
/// <param name="Weights">The accessors of how much each of these joints does.</param>
/// <param name="Targets">The morph targets.</param>
internal sealed record GltfVertices(
    GltfVertexKey Key, int First, int Count, GltfObject Owner, IReadOnlyList<int> Joints, IReadOnlyList<int> Weights,
    IReadOnlyList<GltfMorphTarget> Targets);
