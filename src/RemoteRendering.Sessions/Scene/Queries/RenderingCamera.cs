using System.Numerics;
using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>From where, and how, a picture is taken. Looks along -Z with Y up before it is turned.</summary>
public class RenderingCamera
{
    /// <summary>Gets or sets where the camera is, in the world.</summary>
    /// <value>The origin by default.</value>
    /// <exception cref="ArgumentException">A coordinate is not a finite number.</exception>
    public Double3 Position
    {
        get;
        set => field = SceneNumbers.CheckFinite(value, nameof(value));
    }

    /// <summary>Gets or sets how the camera is turned.</summary>
    /// <value>No turn by default.</value>
    /// <exception cref="ArgumentException">A number is not finite, or all are zero.</exception>
    public Quaternion Rotation
    {
        get;
        set => field = SceneNumbers.CheckRotation(value, nameof(value));
    } = Quaternion.Identity;

    /// <summary>Gets or sets the vertical angle of view, in degrees.</summary>
    /// <value>60 by default; more than 0 and less than 180.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FieldOfView
    {
        get;
        set => field = value is > 0 and < 180 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The angle must be between 0 and 180 degrees.");
    } = 60;

    /// <summary>Gets or sets how near things are seen, in metres.</summary>
    /// <value>0.1 by default; more than zero.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double NearPlane
    {
        get;
        set => field = value > 0 && SceneNumbers.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The distance must be more than zero.");
    } = 0.1;

    /// <summary>Gets or sets how far things are seen, in metres.</summary>
    /// <value>1,000 by default; more than <see cref="NearPlane"/>, which the host checks.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double FarPlane
    {
        get;
        set => field = value > 0 && SceneNumbers.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The distance must be more than zero.");
    } = 1000;

    /// <summary>Makes a camera that looks at a point.</summary>
    /// <param name="position">Where it is, in the world.</param>
    /// <param name="target">Where it looks.</param>
    /// <returns>The camera, upright: Y is up, unless it looks straight up or down.</returns>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the points are the same.</exception>
    public static RenderingCamera LookAt(Double3 position, Double3 target)
    {
        SceneNumbers.CheckFinite(position, nameof(position));
        SceneNumbers.CheckFinite(target, nameof(target));
        Double3 away = position - target;
        double length = away.Length;
        if (length == 0 || !SceneNumbers.IsFinite(length))
        {
            throw new ArgumentException("The camera cannot look at where it is.", nameof(target));
        }

        // The axes of the turned camera: Z away from the target, X level, Y the rest.
        var back = new Vector3((float)(away.X / length), (float)(away.Y / length), (float)(away.Z / length));
        Vector3 right = Vector3.Cross(Vector3.UnitY, back);
        right = right.LengthSquared() < 1e-10f ? Vector3.UnitX : Vector3.Normalize(right);
        Vector3 up = Vector3.Cross(back, right);
        var axes = new Matrix4x4(right.X, right.Y, right.Z, 0, up.X, up.Y, up.Z, 0, back.X, back.Y, back.Z, 0, 0, 0, 0, 1);
        return new RenderingCamera { Position = position, Rotation = Quaternion.CreateFromRotationMatrix(axes) };
    }

    internal RenderingCamera Clone() => (RenderingCamera)MemberwiseClone();
}
