using System.Numerics;
using RemoteRendering.Sessions.Emulator.Renderer.Geometry;

namespace RemoteRendering.Sessions.Emulator.Renderer.Drawing;

/// <summary>Where a picture is taken from.</summary>
/// <param name="Position">In the world.</param>
/// <param name="Rotation">Before it the camera looks along -Z, Y up.</param>
/// <param name="FieldOfView">From the lower edge to the upper one, in degrees, above 0 and below 180.</param>
/// <param name="Near">What is nearer is not seen, in metres, above 0.</param>
/// <param name="Far">What is farther is not seen, in metres.</param>
internal readonly record struct CameraPose(Vector3D Position, Quaternion Rotation, double FieldOfView, double Near, double Far);
