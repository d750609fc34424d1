using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Posing;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Gltf;

public class GltfTransformTests
{
    [Fact]
    public void Decompose_AnyScaleAndTurn_ComposesToTheSameMatrix()
    {
        var random = new Random(20261128);
        for (int i = 0; i < 20_000; i++)
        {
            var scale = new Vector3D(Size(random), Size(random), Size(random));
            Placement matrix = Compose(new Vector3D(1e7 * random.NextDouble(), -2, 3), Turn(random), scale);

            GltfTransform found = GltfTransform.Decompose(matrix.X, matrix.Y, matrix.Z, matrix.Origin);

            Assert.False(found.IsSheared);
            Placement again = found.Placement;
            AssertNear(matrix.X, again.X);
            AssertNear(matrix.Y, again.Y);
            AssertNear(matrix.Z, again.Z);
            Assert.Equal(matrix.Origin, again.Origin);
        }
    }

    [Fact]
    public void Decompose_Shear_KeepsLengthsAndTheNearestTurn()
    {
        var random = new Random(20261128);
        for (int i = 0; i < 5_000; i++)
        {
            double shear = 0.01 + (0.8 * random.NextDouble());
            (double X, double Y, double Z, double W) turn = Turn(random);
            Placement matrix = Compose(Vector3D.Zero, turn, new Vector3D(1, 1, 1)) * new Placement(
                new Vector3D(1, 0, 0), new Vector3D(shear, 1, 0), new Vector3D(0, 0, 1), default);

            GltfTransform found = GltfTransform.Decompose(matrix.X, matrix.Y, matrix.Z, matrix.Origin);

            Assert.True(found.IsSheared);
            Assert.Equal(Math.Sqrt(1 + (shear * shear)), found.Scale.Y, 1e-12);

            // The angle between the axes is halved: each turns as far as the other.
            double cosine = Math.Abs(
                (turn.X * found.Rotation.X) + (turn.Y * found.Rotation.Y) + (turn.Z * found.Rotation.Z) + (turn.W * found.Rotation.W));
            Assert.Equal(Math.Atan(shear) / 2, 2 * Math.Acos(Math.Min(1, cosine)), 6);
        }
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 0)]
    public void Decompose_FlattenedAxes_KeepsTheOthers(double x, double y, double z)
    {
        Placement matrix = Compose(Vector3D.Zero, (0.5, 0.5, -0.5, 0.5), new Vector3D(2 * x, 3 * y, 4 * z));

        Placement again = GltfTransform.Decompose(matrix.X, matrix.Y, matrix.Z, matrix.Origin).Placement;

        AssertNear(matrix.X, again.X);
        AssertNear(matrix.Y, again.Y);
        AssertNear(matrix.Z, again.Z);
    }

    private static Placement Compose(Vector3D position, (double X, double Y, double Z, double W) turn, Vector3D scale)
        => Placement.Compose(position, turn.X, turn.Y, turn.Z, turn.W, scale);

    private static void AssertNear(Vector3D expected, Vector3D actual)
        => Assert.InRange((expected - actual).Length, 0, 1e-13 * expected.Length);

    private static double Size(Random random) => Math.Pow(10, (random.NextDouble() * 40) - 20) * (random.Next(2) == 0 ? 1 : -1);

    private static (double X, double Y, double Z, double W) Turn(Random random)
    {
        double[] parts = [random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5, random.NextDouble() - 0.5];
        double length = Math.Sqrt(parts.Sum(part => part * part));
        return (parts[0] / length, parts[1] / length, parts[2] / length, parts[3] / length);
    }
}
