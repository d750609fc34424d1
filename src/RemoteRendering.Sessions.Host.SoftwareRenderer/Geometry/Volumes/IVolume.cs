using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>
/// A volume that is searched. It has a space of its own, around its middle and along its axes, with the measures of the world.
/// </summary>
internal interface IVolume
{
    /// <summary>Takes a space that stands in the world into the volume's own.</summary>
    Placement ToVolume(Placement place);

    /// <summary>Whether a box in the volume's space may touch it.</summary>
    bool Reaches(Box3D box);

    /// <summary>Whether a triangle in the volume's space touches it or lies in it.</summary>
    bool Touches(Vector3D a, Vector3D b, Vector3D c);
}
