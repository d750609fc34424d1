namespace RemoteRendering.Sessions.Emulator.Renderer.Geometry;

/// <summary>Which hits of a ray are wanted.</summary>
internal enum RayPolicy
{
    /// <summary>The nearest.</summary>
    Closest,

    /// <summary>All, sorted by distance; with too many the nearest.</summary>
    All,

    /// <summary>Any one, whichever is found first.</summary>
    Any,
}
