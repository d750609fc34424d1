using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

/// <summary>
/// How the world falls on a picture: the camera's space has the camera at its origin, looking along -Z, and depth grows away from it.
/// </summary>
internal sealed class ViewFrame
{
    private readonly Placement _turnBack;
    private readonly Vector3D _position;

    public ViewFrame(CameraPose camera, int width, int height)
    {
        Width = width;
        Height = height;
        Near = camera.Near;
        Far = camera.Far;
        CenterX = width * 0.5;
        CenterY = height * 0.5;
        Focal = CenterY / Math.Tan(camera.FieldOfView * Math.PI / 360);
        _position = camera.Position;
        Placement turn = Placement.Compose(default, camera.Rotation, Vector3.One);
        _turnBack = new Placement(
            new Vector3D(turn.X.X, turn.Y.X, turn.Z.X), new Vector3D(turn.X.Y, turn.Y.Y, turn.Z.Y),
            new Vector3D(turn.X.Z, turn.Y.Z, turn.Z.Z), default);
        Backward = (Vector3)turn.Z;
        Sides =
        [
            new ViewPlane(new Vector3D(0, 0, 1), Near),
            new ViewPlane(new Vector3D(Focal, 0, CenterX), 0),
            new ViewPlane(new Vector3D(-Focal, 0, CenterX), 0),
            new ViewPlane(new Vector3D(0, Focal, CenterY), 0),
            new ViewPlane(new Vector3D(0, -Focal, CenterY), 0),
            new ViewPlane(new Vector3D(0, 0, -1), -Far),
        ];
    }

    public int Width { get; }

    public int Height { get; }

    public double Near { get; }

    public double Far { get; }

    /// <summary>Gets how many pixels one unit takes at depth 1.</summary>
    public double Focal { get; }

    public double CenterX { get; }

    public double CenterY { get; }

    /// <summary>Gets the direction from the scene to the camera, in the world.</summary>
    public Vector3 Backward { get; }

    /// <summary>Gets the planes around what the picture shows, the near one first.</summary>
    public ViewPlane[] Sides { get; }

    /// <summary>
    /// Takes a space that stands in the world into the camera's. The difference of the two positions is taken first: it is small where it
    /// matters.
    /// </summary>
    public Placement ToView(Placement place) => _turnBack * place.WithOrigin(place.Origin - _position);

    public ViewPlane ToView(CutPlane cut) => new(_turnBack.TransformVector(cut.Normal), cut.Distance(_position));
}
