namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>Where a ray went through a triangle.</summary>
/// <param name="Entity">Whose triangle.</param>
/// <param name="Part">The number of its part in the mesh.</param>
/// <param name="Triangle">Its number in the mesh.</param>
/// <param name="Position">In the world.</param>
/// <param name="Normal">The geometric normal in the world, of unit length. It points out of the front, which is where the corners go counter-clockwise; in a mirrored mesh, as in glTF, clockwise.</param>
/// <param name="Distance">From the start of the ray, in metres.</param>
/// <param name="IsFront">Whether the ray came from the front.</param>
internal readonly record struct RayHit(uint Entity, int Part, int Triangle, Vector3D Position, Vector3D Normal, double Distance, bool IsFront);
