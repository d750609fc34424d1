namespace RemoteRendering.Sessions.Scene;

/// <summary>States that can be forced on or off for an entity and what is below it. The numbers are those of Azure Remote Rendering.</summary>
[Flags]
public enum HierarchicalStates
{
    /// <summary>No state.</summary>
    None = 0,

    /// <summary>Neither seen nor hit.</summary>
    Hidden = 1,

    /// <summary>Outlined, by hosts that draw outlines.</summary>
    Selected = 2,

    /// <summary>Half transparent, by hosts that can.</summary>
    SeeThrough = 4,

    /// <summary>Coloured with the tint colour.</summary>
    UseTintColor = 8,

    /// <summary>Seen, but not hit by rays and spatial queries.</summary>
    DisableCollision = 16,

    /// <summary>Takes part in the filtering of cut planes, by hosts that filter.</summary>
    UseCutPlaneFilterMask = 64,

    /// <summary>Drawn as a shell, by hosts that can.</summary>
    Shell = 128,
}
