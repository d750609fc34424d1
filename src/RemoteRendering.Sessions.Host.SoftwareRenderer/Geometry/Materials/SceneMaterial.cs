using System.Numerics;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;

/// <summary>How triangles look: as much of glTF's material as a host without a graphics card draws.</summary>
internal sealed class SceneMaterial
{
    /// <summary>Gets what triangles without a material look like.</summary>
    public static SceneMaterial Default { get; } = new() { Name = string.Empty };

    public required string Name { get; init; }

    /// <summary>Gets the colour, linear, with alpha; multiplied with the texture and the colours of the vertices.</summary>
    public Vector4 BaseColor { get; init; } = Vector4.One;

    public TextureImage? BaseColorTexture { get; init; }

    /// <summary>Gets what is left and right of the texture.</summary>
    public TextureWrap WrapX { get; init; }

    /// <summary>Gets what is above and below it.</summary>
    public TextureWrap WrapY { get; init; }

    /// <summary>Gets a value indicating whether the texture is read at smaller sizes where it is far away.</summary>
    public bool HasMipmaps { get; init; } = true;

    /// <summary>Gets a value indicating whether back faces are drawn. Rays hit both faces in any case.</summary>
    public bool IsDoubleSided { get; init; }

    public SceneAlphaMode AlphaMode { get; init; }

    /// <summary>Gets the alpha below which nothing is seen, in <see cref="SceneAlphaMode.Mask"/>.</summary>
    public float AlphaCutoff { get; init; } = 0.5f;

    /// <summary>Gets a value indicating whether the colour is drawn as it is, without light.</summary>
    public bool IsUnlit { get; init; }
}
