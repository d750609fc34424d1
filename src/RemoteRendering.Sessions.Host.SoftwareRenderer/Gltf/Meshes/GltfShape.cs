namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>A mesh in one pose. Nodes without a skin or weights of their own share the shape of their mesh.</summary>
/// <param name="Mesh">The mesh.</param>
/// <param name="Node">The node whose skin or weights make the pose; -1 for the shape that nodes share.</param>
/// <param name="Skin">The skin of that node; -1 without.</param>
/// <param name="MorphWeights">How much each morph target adds.</param>
internal sealed record GltfShape(GltfMesh Mesh, int Node, int Skin, double[] MorphWeights);
