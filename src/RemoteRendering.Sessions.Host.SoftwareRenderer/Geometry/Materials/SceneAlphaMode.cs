namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>What the alpha of a material means, as in glTF.</summary>
internal enum SceneAlphaMode
{
    /// <summary>Nothing: all of it is seen.</summary>
    Opaque,

    /// <summary>What has less than the cutoff is not there.</summary>
    Mask,

    /// <summary>How much of it is seen; the rest is what stands behind.</summary>
    Blend,
}
