namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents the result of a spatial query.</summary>
public class SpatialQueryResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="overlaps">The meshes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="overlaps"/> is null.</exception>
    public SpatialQueryResult(IReadOnlyList<MeshComponent> overlaps)
        => Overlaps = overlaps ?? throw new ArgumentNullException(nameof(overlaps));

    /// <summary>
    /// Gets the meshes of which at least one triangle touches or lies inside the volume, in no particular order.
    /// <see cref="ComponentBase.Owner"/> is the entity of a mesh.
    /// </summary>
    public IReadOnlyList<MeshComponent> Overlaps { get; }
}
