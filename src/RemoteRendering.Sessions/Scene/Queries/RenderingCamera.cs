using System.Numerics;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the camera of a picture. Without a rotation it looks along -Z with Y up.</summary>
public class RenderingCamera
{
    /// <summary>Gets or sets the position of the camera, in world coordinates.</summary>
    /// <value>The default is the origin.</value>
    /// <exception cref="ArgumentException">A coordinate is not a finite number.</exception>
    public Double3 Position
    {
        get;
        set => field = SceneNumbers.CheckFinite(value, nameof(value));
    }

    /// <summary>Gets or sets the rotation of the camera.</summary>
    /// <value>The default is the identity.</value>
    /// <exception cref="ArgumentException">A component of the quaternion is not finite, or all are zero.</exception>
    public Quaternion Rotation
    {
        get;
        set => field = SceneNumbers.CheckRotation(value, nameof(value));
    } = Quaternion.Identity;

    /// <summary>Gets or sets the vertical angle of view, in degrees.</summary>
    /// <value>The default is 60. Must be more than 0 and less than 180.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FieldOfView
    {
        get;
        set =>
            field = value is > 0 and < 180
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The angle must be between 0 and 180 degrees.");
    } = 60;

    /// <summary>Gets or sets the distance of the near clipping plane, in metres.</summary>
    /// <value>The default is 0.1. Must be more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double NearPlane
    {
        get;
        set => field = value > 0 && SceneNumbers.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The distance must be finite and more than zero.");
    } = 0.1;

    /// <summary>Gets or sets the distance of the far clipping plane, in metres.</summary>
    /// <value>The default is 1,000. Must be more than <see cref="NearPlane"/>; the host validates this.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FarPlane
    {
        get;
        set => field = value > 0 && SceneNumbers.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The distance must be finite and more than zero.");
    } = 1000;

    /// <summary>Creates a camera that looks at a point.</summary>
    /// <param name="position">The position of the camera, in world coordinates.</param>
    /// <param name="target">The point at the centre of the picture, in world coordinates.</param>
    /// <returns>The camera. Y is up, unless it looks straight up or down.</returns>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the points are the same.</exception>
    public static RenderingCamera LookAt(Double3 position, Double3 target)
    {
        SceneNumbers.CheckFinite(position, nameof(position));
        SceneNumbers.CheckFinite(target, nameof(target));
        Double3 away = position - target;
        double length = away.Length;
        if (length == 0 || !SceneNumbers.IsFinite(length))
        {
            throw new ArgumentException("The target must differ from the position of the camera.", nameof(target));
        }

        // The axes of the rotated camera: Z away from the target, X horizontal, Y perpendicular to both.
        var back = new Vector3((float)(away.X / length), (float)(away.Y / length), (float)(away.Z / length));
        Vector3 right = Vector3.Cross(Vector3.UnitY, back);
        right = right.LengthSquared() < 1e-10f ? Vector3.UnitX : Vector3.Normalize(right);
        Vector3 up = Vector3.Cross(back, right);
        var axes = new Matrix4x4(right.X, right.Y, right.Z, 0, up.X, up.Y, up.Z, 0, back.X, back.Y, back.Z, 0, 0, 0, 0, 1);
        return new RenderingCamera { Position = position, Rotation = Quaternion.CreateFromRotationMatrix(axes) };
    }

    internal RenderingCamera Clone() => (RenderingCamera)MemberwiseClone();
}
