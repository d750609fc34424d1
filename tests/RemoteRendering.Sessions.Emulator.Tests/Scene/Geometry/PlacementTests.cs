using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;

public class PlacementTests
{
    private static readonly Quaternion _quarterAroundZ = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, MathF.PI / 2);

    [Fact]
    public void Compose_AllThree_ScalesThenTurnsThenMoves()
    {
        Placement place = Placement.Compose(new Vector3D(10, 20, 30), _quarterAroundZ, new Vector3(2, 3, 4));

        // (1, 1, 1) becomes (2, 3, 4), a quarter turn around Z makes it (-3, 2, 4).
        AssertNear(new Vector3D(7, 22, 34), place.TransformPoint(new Vector3D(1, 1, 1)), 1e-6);
    }

    [Fact]
    public void Multiply_ChildInParent_IsTheChildsPlaceOutside()
    {
        Placement parent = Placement.Compose(new Vector3D(1e7, 0, 0), _quarterAroundZ, Vector3.One);
        Placement child = Placement.Compose(new Vector3D(1, 0, 0), Quaternion.Identity, Vector3.One);

        AssertNear(new Vector3D(1e7, 1, 0), (parent * child).TransformPoint(default), 1e-6);
    }

    [Fact]
    public void TryInvert_AnyScaleButZero_FindsTheWayBack()
    {
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            Vector3D position = random.Direction() * 1000;
            var rotation = Quaternion.CreateFromYawPitchRoll(random.NextSingle(), random.NextSingle(), random.NextSingle());
            Placement place = Placement.Compose(position, rotation, new Vector3(random.NextSingle() + 0.1f, -0.5f, 7));
            Vector3D point = random.Direction();

            Assert.True(place.TryInvert(out Placement inverse));
            AssertNear(point, inverse.TransformPoint(place.TransformPoint(point)), 1e-9);
        }
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 0, 0)]
    public void TryInvert_Flattened_IsFalse(float x, float y, float z)
        => Assert.False(Placement.Compose(default, _quarterAroundZ, new Vector3(x, y, z)).TryInvert(out _));

    [Fact]
    public void Compose_RotationOfAnotherLength_CountsAsNormalised()
    {
        Placement place = Placement.Compose(default, _quarterAroundZ * 3, Vector3.One);

        Assert.Equal(1, place.Determinant, 1e-9);
    }

    [Fact]
    public void Compose_RotationZero_DoesNotTurn()
        => Assert.Equal(Placement.Identity, Placement.Compose(default, default, Vector3.One));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(-1, 1, 1)]
    [InlineData(-2, -3, -1)]
    public void TransformNormal_OfAPlane_StaysOnItsSide(float x, float y, float z)
    {
        Placement place = Placement.Compose(default, Quaternion.Identity, new Vector3(x, y, z));
        Vector3D normal = place.TransformNormal(new Vector3D(1, 1, 0)).Normalized();

        // Two directions in the plane stay square on it, and what was outside is so still.
        Assert.Equal(0, Vector3D.Dot(normal, place.TransformVector(new Vector3D(1, -1, 0))), 1e-9);
        Assert.Equal(0, Vector3D.Dot(normal, place.TransformVector(new Vector3D(0, 0, 1))), 1e-9);
        Assert.True(Vector3D.Dot(normal, place.TransformVector(new Vector3D(1, 1, 0))) > 0);
    }

    [Fact]
    public void Transform_BoxTurnedAnEighth_IsAroundItsCorners()
    {
        Placement place =
            Placement.Compose(new Vector3D(5, 0, 0), Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI / 4), Vector3.One);
        Box3D box = place.Transform(new Box3(new Vector3(-1), new Vector3(1)));

        AssertNear(new Vector3D(5 - Math.Sqrt(2), -1, -Math.Sqrt(2)), box.Min, 1e-6);
        AssertNear(new Vector3D(5 + Math.Sqrt(2), 1, Math.Sqrt(2)), box.Max, 1e-6);
    }

    [Fact]
    public void Transform_EmptyBox_StaysEmpty() => Assert.True(Placement.Identity.Transform(Box3.Empty).IsEmpty);

    private static void AssertNear(Vector3D expected, Vector3D actual, double tolerance)
        => Assert.True((expected - actual).Length <= tolerance, $"{actual} instead of {expected}");
}
