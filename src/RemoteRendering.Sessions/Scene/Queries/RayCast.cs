using RemoteRendering.Sessions.Scene.Values;

namespace RemoteRendering.Sessions.Scene;

/// <summary>A ray from one point to another, and which hits of it are wanted.</summary>
public readonly struct RayCast
{
    /// <summary>The most hits that one ray can have: 256.</summary>
    public const int MaxNumRayCastHits = 256;

    /// <summary>Creates a ray between two points.</summary>
    /// <param name="start">Where it starts, in the world.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="hitCollection">Which hits are wanted.</param>
    /// <param name="maxHits">How many at most, with <see cref="HitCollectionPolicy.ClosestHits"/>; 0 for as many as possible.</param>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the ray has no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy, or the number of hits is out of range.</exception>
    public RayCast(Double3 start, Double3 end, HitCollectionPolicy hitCollection, int maxHits)
    {
        StartPos = SceneNumbers.CheckFinite(start, nameof(start));
        EndPos = SceneNumbers.CheckFinite(end, nameof(end));
        double length = (end - start).Length;
        if (length == 0 || !SceneNumbers.IsFinite(length))
        {
            throw new ArgumentException("The ray has no length, or too much.", nameof(end));
        }

        HitCollection = hitCollection is >= HitCollectionPolicy.ClosestHits and <= HitCollectionPolicy.AnyHit
            ? hitCollection
            : throw new ArgumentOutOfRangeException(nameof(hitCollection), hitCollection, "There is no such policy.");
        MaxHits = maxHits is >= 0 and <= MaxNumRayCastHits
            ? maxHits
            : throw new ArgumentOutOfRangeException(nameof(maxHits), maxHits, $"A ray has at most {MaxNumRayCastHits} hits.");
    }

    /// <summary>Creates a ray from a point in a direction.</summary>
    /// <param name="start">Where it starts, in the world.</param>
    /// <param name="direction">Where it goes; of any length but none.</param>
    /// <param name="maxDistance">How far, in metres.</param>
    /// <param name="hitCollection">Which hits are wanted.</param>
    /// <param name="maxHits">How many at most, with <see cref="HitCollectionPolicy.ClosestHits"/>; 0 for as many as possible.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the ray has no length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such policy, or the number of hits is out of range.</exception>
    public RayCast(Double3 start, Double3 direction, double maxDistance, HitCollectionPolicy hitCollection, int maxHits)
        : this(start, End(start, direction, maxDistance), hitCollection, maxHits)
    {
    }

    /// <summary>Creates a ray between two points of which the nearest hit is wanted.</summary>
    /// <param name="start">Where it starts, in the world.</param>
    /// <param name="end">Where it ends.</param>
    /// <exception cref="ArgumentException">A coordinate is not a finite number, or the ray has no length.</exception>
    public RayCast(Double3 start, Double3 end)
        : this(start, end, HitCollectionPolicy.ClosestHit, 0)
    {
    }

    /// <summary>Creates a ray from a point in a direction of which the nearest hit is wanted.</summary>
    /// <param name="start">Where it starts, in the world.</param>
    /// <param name="direction">Where it goes; of any length but none.</param>
    /// <param name="maxDistance">How far, in metres.</param>
    /// <exception cref="ArgumentException">A number is not finite, or the ray has no length.</exception>
    public RayCast(Double3 start, Double3 direction, double maxDistance)
        : this(start, direction, maxDistance, HitCollectionPolicy.ClosestHit, 0)
    {
    }

    /// <summary>Gets where the ray starts.</summary>
    public Double3 StartPos { get; }

    /// <summary>Gets where the ray ends.</summary>
    public Double3 EndPos { get; }

    /// <summary>Gets which hits are wanted.</summary>
    public HitCollectionPolicy HitCollection { get; }

    /// <summary>Gets how many hits are wanted at most; 0 for as many as possible.</summary>
    public int MaxHits { get; }

    private static Double3 End(Double3 start, Double3 direction, double maxDistance)
    {
        SceneNumbers.CheckFinite(direction, nameof(direction));
        SceneNumbers.CheckFinite(maxDistance, nameof(maxDistance));
        double length = direction.Length;
        return length > 0 && SceneNumbers.IsFinite(length) && maxDistance > 0
            ? start + (direction * (maxDistance / length))
            : throw new ArgumentException("The ray has no length, or too much.", length > 0 ? nameof(maxDistance) : nameof(direction));
    }
}
