using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a ray from one point to another, and the hits to return.</summary>
public readonly struct RayCast
{
    /// <summary>The most hits that one ray can have: 256.</summary>
    public const int MaxNumRayCastHits = 256;

    /// <summary>Creates a ray between two points.</summary>
    /// <param name="start">The start of the ray, in world coordinates.</param>
    /// <param name="end">The end of the ray, in world coordinates.</param>
    /// <param name="hitCollection">The hits to return.</param>
    /// <param name="maxHits">
    /// The largest number of hits with <see cref="HitCollectionPolicy.ClosestHits"/>; 0 for the largest possible number, 256.
    /// </param>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the ray has no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The policy is not a valid value, or the number of hits is out of range.</exception>
    public RayCast(Double3 start, Double3 end, HitCollectionPolicy hitCollection, int maxHits)
    {
        StartPos = SceneNumbers.CheckFinite(start, nameof(start));
        EndPos = SceneNumbers.CheckFinite(end, nameof(end));
        double length = (end - start).Length;
        if (length == 0 || !SceneNumbers.IsFinite(length))
        {
            throw new ArgumentException("The length of the ray must be finite and more than zero.", nameof(end));
        }

        HitCollection = hitCollection is >= HitCollectionPolicy.ClosestHits and <= HitCollectionPolicy.AnyHit
            ? hitCollection
            : throw new ArgumentOutOfRangeException(
                nameof(hitCollection), hitCollection, "The policy must be a value of HitCollectionPolicy.");
        MaxHits = maxHits is >= 0 and <= MaxNumRayCastHits
            ? maxHits
            : throw new ArgumentOutOfRangeException(
                nameof(maxHits), maxHits, $"The number of hits must be between 0 and {MaxNumRayCastHits}.");
    }

    /// <summary>Creates a ray from a point in a direction.</summary>
    /// <param name="start">The start of the ray, in world coordinates.</param>
    /// <param name="direction">The direction, of any length but zero.</param>
    /// <param name="maxDistance">The length of the ray, in metres.</param>
    /// <param name="hitCollection">The hits to return.</param>
    /// <param name="maxHits">
    /// The largest number of hits with <see cref="HitCollectionPolicy.ClosestHits"/>; 0 for the largest possible number, 256.
    /// </param>
    /// <exception cref="ArgumentException">A number is not finite, or the ray has no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The policy is not a valid value, or the number of hits is out of range.</exception>
    public RayCast(Double3 start, Double3 direction, double maxDistance, HitCollectionPolicy hitCollection, int maxHits)
        : this(start, End(start, direction, maxDistance), hitCollection, maxHits)
    {
    }

    /// <summary>Creates a ray between two points that returns the nearest hit.</summary>
    /// <param name="start">The start of the ray, in world coordinates.</param>
    /// <param name="end">The end of the ray, in world coordinates.</param>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the ray has no length.</exception>
    public RayCast(Double3 start, Double3 end)
        : this(start, end, HitCollectionPolicy.ClosestHit, 0)
    {
    }

    /// <summary>Creates a ray from a point in a direction that returns the nearest hit.</summary>
    /// <param name="start">The start of the ray, in world coordinates.</param>
    /// <param name="direction">The direction, of any length but zero.</param>
    /// <param name="maxDistance">The length of the ray, in metres.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the ray has no length.</exception>
    public RayCast(Double3 start, Double3 direction, double maxDistance)
        : this(start, direction, maxDistance, HitCollectionPolicy.ClosestHit, 0)
    {
    }

    /// <summary>Gets the start of the ray, in world coordinates.</summary>
    public Double3 StartPos { get; }

    /// <summary>Gets the end of the ray, in world coordinates.</summary>
    public Double3 EndPos { get; }

    /// <summary>Gets the hits to return.</summary>
    public HitCollectionPolicy HitCollection { get; }

    /// <summary>Gets the largest number of hits; 0 for the largest possible number.</summary>
    public int MaxHits { get; }

    private static Double3 End(Double3 start, Double3 direction, double maxDistance)
    {
        SceneNumbers.CheckFinite(direction, nameof(direction));
        SceneNumbers.CheckFinite(maxDistance, nameof(maxDistance));
        double length = direction.Length;
        return length > 0 && SceneNumbers.IsFinite(length) && maxDistance > 0
            ? start + (direction * (maxDistance / length))
            : throw new ArgumentException(
                "The length of the ray must be finite and more than zero.", length > 0 ? nameof(maxDistance) : nameof(direction));
    }
}
