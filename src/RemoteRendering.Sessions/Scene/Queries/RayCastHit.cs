namespace RemoteRendering.Sessions.Scene;

/// <summary>Where a ray meets a surface.</summary>
public readonly struct RayCastHit
{
    /// <summary>Creates a hit.</summary>
    /// <param name="hitEntity">The entity that was hit.</param>
    /// <param name="subPartId">The part of its mesh.</param>
    /// <param name="hitPosition">Where, in the world.</param>
    /// <param name="hitNormal">The normal of the surface there.</param>
    /// <param name="distanceToHit">How far from the start of the ray, in metres.</param>
    /// <param name="hitType">What was hit.</param>
    public RayCastHit(Entity? hitEntity, int subPartId, Double3 hitPosition, Double3 hitNormal, double distanceToHit, HitType hitType)
    {
        HitEntity = hitEntity;
        SubPartId = subPartId;
        HitPosition = hitPosition;
        HitNormal = hitNormal;
        DistanceToHit = distanceToHit;
        HitType = hitType;
    }

    /// <summary>Gets the entity that was hit; <see langword="null"/> when it was destroyed here before the answer came.</summary>
    public Entity? HitEntity { get; }

    /// <summary>Gets the index of the part of <see cref="MeshComponent.Parts"/> that was hit.</summary>
    public int SubPartId { get; }

    /// <summary>Gets where the ray meets the surface, in the world.</summary>
    public Double3 HitPosition { get; }

    /// <summary>Gets the geometric normal of the surface in the world, of unit length, as the order of the triangle's corners gives it.</summary>
    public Double3 HitNormal { get; }

    /// <summary>Gets how far the hit is from the start of the ray, in metres.</summary>
    public double DistanceToHit { get; }

    /// <summary>Gets which side was hit.</summary>
    public HitType HitType { get; }
}
