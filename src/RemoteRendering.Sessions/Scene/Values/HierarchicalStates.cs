namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// Specifies states that can be forced on or off for an entity and its descendants. The values are those of Azure Remote Rendering.
/// </summary>
[Flags]
public enum HierarchicalStates
{
    /// <summary>No state.</summary>
    None = 0,

    /// <summary>Neither drawn nor hit by rays.</summary>
    Hidden = 1,

    /// <summary>Outlined, if the host supports it.</summary>
    Selected = 2,

    /// <summary>Half transparent, if the host supports it.</summary>
    SeeThrough = 4,

    /// <summary>Coloured with the tint colour.</summary>
    UseTintColor = 8,

    /// <summary>Drawn, but not hit by rays and spatial queries.</summary>
    DisableCollision = 16,

    /// <summary>Filtered by the cut plane mask, if the host supports it.</summary>
    UseCutPlaneFilterMask = 64,

    /// <summary>Drawn as a shell, if the host supports it.</summary>
    Shell = 128,
}
