using System.Numerics;

namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>A mesh where an entity stands.</summary>
/// <param name="Entity">Whose it is.</param>
/// <param name="Mesh">The triangles; instances share them.</param>
/// <param name="Place">From the mesh's space to the world.</param>
/// <param name="Tint">A colour that goes into the material's, as sRGB from 0 to 1; its alpha says how much.</param>
/// <param name="Collides">Whether rays and volumes can find it.</param>
/// <param name="IsSeen">Whether it is drawn; what is not seen is not found either.</param>
internal readonly record struct MeshInstance(uint Entity, TriangleMesh Mesh, Placement Place, Vector4? Tint, bool Collides, bool IsSeen);
