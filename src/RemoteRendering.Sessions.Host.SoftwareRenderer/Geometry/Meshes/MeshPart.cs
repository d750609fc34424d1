using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

/// <summary>A run of a mesh's triangles that have one material.</summary>
internal readonly record struct MeshPart(int FirstTriangle, int TriangleCount, SceneMaterial Material);
