namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf;

/// <summary>A node of the scene, after the check.</summary>
/// <param name="Number">The number in the file.</param>
/// <param name="Parent">The place of its parent in the list of nodes; -1 at the top.</param>
/// <param name="Level">The levels from the top, from 1.</param>
/// <param name="Shape">The place of its shape in the list of shapes; -1 without a mesh.</param>
/// <param name="Instances">How many times the mesh stands there; 0 for once, without a list of places.</param>
internal readonly record struct GltfNode(int Number, int Parent, int Level, int Shape, int Instances);
