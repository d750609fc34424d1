namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>What a texture shows beyond its edges, as in glTF.</summary>
internal enum TextureWrap
{
    /// <summary>Itself again.</summary>
    Repeat,

    /// <summary>Its edge.</summary>
    Clamp,

    /// <summary>Itself, every other time turned round.</summary>
    Mirror,
}
