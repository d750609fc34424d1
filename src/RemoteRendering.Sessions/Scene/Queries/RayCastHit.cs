namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the point where a ray hits a surface.</summary>
public readonly struct RayCastHit
{
    /// <summary>Creates a hit.</summary>
    /// <param name="hitEntity">The entity that was hit.</param>
    /// <param name="subPartId">The part of its mesh.</param>
    /// <param name="hitPosition">The position of the hit, in world coordinates.</param>
    /// <param name="hitNormal">The normal of the surface at the hit.</param>
    /// <param name="distanceToHit">The distance from the start of the ray, in metres.</param>
    /// <param name="hitType">The side that was hit.</param>
    public RayCastHit(Entity? hitEntity, int subPartId, Double3 hitPosition, Double3 hitNormal, double distanceToHit, HitType hitType)
    {
        HitEntity = hitEntity;
        SubPartId = subPartId;
        HitPosition = hitPosition;
        HitNormal = hitNormal;
        DistanceToHit = distanceToHit;
        HitType = hitType;
    }

    /// <summary>Gets the entity that was hit; <see langword="null"/> when it was destroyed locally before the answer arrived.</summary>
    public Entity? HitEntity { get; }

    /// <summary>Gets the index of the part of <see cref="MeshComponent.Parts"/> that was hit.</summary>
    public int SubPartId { get; }

    /// <summary>Gets the position of the hit, in world coordinates.</summary>
    public Double3 HitPosition { get; }

    /// <summary>
    /// Gets the geometric normal of the surface in world coordinates, of unit length, defined by the order of the corners of the triangle.
    /// </summary>
    public Double3 HitNormal { get; }

    /// <summary>Gets the distance of the hit from the start of the ray, in metres.</summary>
    public double DistanceToHit { get; }

    /// <summary>Gets the side that was hit.</summary>
    public HitType HitType { get; }
}
