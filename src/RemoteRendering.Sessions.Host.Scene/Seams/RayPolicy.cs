namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>The hits of a ray that are wanted.</summary>
public enum RayPolicy
{
    /// <summary>The nearest one.</summary>
    Closest,

    /// <summary>All, sorted by distance; of too many the nearest.</summary>
    All,

    /// <summary>Any one.</summary>
    Any,
}
