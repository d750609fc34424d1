using System.Numerics;

namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The camera of a picture.</summary>
/// <param name="position">The position, in the world.</param>
/// <param name="rotation">The rotation; without one the camera looks along -Z, Y up.</param>
/// <param name="fieldOfView">The angle from the lower edge to the upper one, in degrees, above 0 and below 180.</param>
/// <param name="near">The distance below which nothing is drawn, in metres, above 0.</param>
/// <param name="far">The distance beyond which nothing is drawn, in metres.</param>
public readonly struct CameraPose(Vector3D position, Quaternion rotation, double fieldOfView, double near, double far)
{
    /// <summary>Gets the position, in the world.</summary>
    public Vector3D Position { get; } = position;

    /// <summary>Gets the rotation; without one the camera looks along -Z, Y up.</summary>
    public Quaternion Rotation { get; } = rotation;

    /// <summary>Gets the angle from the lower edge to the upper one, in degrees, above 0 and below 180.</summary>
    public double FieldOfView { get; } = fieldOfView;

    /// <summary>Gets the distance below which nothing is drawn, in metres, above 0.</summary>
    public double Near { get; } = near;

    /// <summary>Gets the distance beyond which nothing is drawn, in metres.</summary>
    public double Far { get; } = far;
}
