namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Meshes;

/// <summary>What a morph target adds to corners: accessors, -1 without one.</summary>
internal readonly record struct GltfMorphTarget(int Position, int Normal);
