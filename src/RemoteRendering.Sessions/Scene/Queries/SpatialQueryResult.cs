namespace RemoteRendering.Sessions.Scene;

/// <summary>What touches or lies in a volume.</summary>
public class SpatialQueryResult
{
    /// <summary>Creates a result.</summary>
    /// <param name="overlaps">The meshes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="overlaps"/> is null.</exception>
    public SpatialQueryResult(IReadOnlyList<MeshComponent> overlaps) => Overlaps = overlaps ?? throw new ArgumentNullException(nameof(overlaps));

    /// <summary>Gets the meshes of which at least one triangle touches or lies in the volume, in no order that means anything; their entities are the <see cref="ComponentBase.Owner"/>.</summary>
    public IReadOnlyList<MeshComponent> Overlaps { get; }
}
