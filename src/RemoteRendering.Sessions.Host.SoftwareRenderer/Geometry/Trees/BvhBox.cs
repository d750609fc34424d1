using System.Runtime.Intrinsics;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>
/// The box of one item while a tree is built. The item's number rides in the fourth lane of the lower end, so that items are sorted without
/// a look elsewhere.
/// </summary>
internal readonly struct BvhBox(Vector128<float> min, Vector128<float> max)
{
    public readonly Vector128<float> Min = min;

    public readonly Vector128<float> Max = max;

    /// <summary>Gets a box that any other widens to itself.</summary>
    public static BvhBox Empty => new(Vector128.Create(float.PositiveInfinity), Vector128.Create(float.NegativeInfinity));

    public int Item => Min.AsInt32().GetElement(3);

    /// <summary>Gets the middle. The ends are halved before they are added, so that it stays finite.</summary>
    public Vector128<float> Center => (Min * 0.5f) + (Max * 0.5f);

    public static BvhBox Of(Vector128<float> min, Vector128<float> max, int item)
        => new(min.AsInt32().WithElement(3, item).AsSingle(), max);

    public BvhBox Union(BvhBox other) => new(Smaller(Min, other.Min), Larger(Max, other.Max));

    public BvhBox Including(Vector128<float> point) => new(Smaller(Min, point), Larger(Max, point));

    /// <summary>Half the surface; 0 of an empty box.</summary>
    public double HalfArea()
    {
        double x = (double)Max.GetElement(0) - Min.GetElement(0);
        double y = (double)Max.GetElement(1) - Min.GetElement(1);
        double z = (double)Max.GetElement(2) - Min.GetElement(2);
        return x >= 0 ? (x * y) + (y * z) + (z * x) : 0;
    }

    // One instruction each, as there is no NaN in the three lanes that count.
#if NET9_0_OR_GREATER
    private static Vector128<float> Smaller(Vector128<float> left, Vector128<float> right) => Vector128.MinNative(left, right);

    private static Vector128<float> Larger(Vector128<float> left, Vector128<float> right) => Vector128.MaxNative(left, right);
#else
    private static Vector128<float> Smaller(Vector128<float> left, Vector128<float> right)
        => Vector128.ConditionalSelect(Vector128.LessThan(left, right), left, right);

    private static Vector128<float> Larger(Vector128<float> left, Vector128<float> right)
        => Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), left, right);
#endif
}
