using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Data;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;

/// <summary>The materials of a file: as much of them as this host draws.</summary>
internal sealed class GltfMaterials
{
    private static readonly string[] _undrawn = ["normalTexture", "occlusionTexture", "emissiveTexture"];

    private readonly GltfDocument _document;
    private readonly GltfWarnings _warnings;
    private readonly GltfObject[] _materials;
    private readonly int[] _images;

    public GltfMaterials(GltfDocument document, GltfWarnings warnings)
    {
        _document = document;
        _warnings = warnings;
        _materials = document.List("materials");
        TextureSets = Array.ConvertAll(_materials, TextureSetOf);
        _images = Array.ConvertAll(document.List("textures"), ImageOf);
    }

    /// <summary>Gets which set of texture coordinates the colour of each material uses.</summary>
    public int[] TextureSets { get; }

    /// <summary>Reads the pictures of the colours, each once.</summary>
    public async Task<GltfTextures> ReadTexturesAsync(
        GltfResources resources, GltfAccessors accessors, SceneLimits limits, CancellationToken cancellationToken)
    {
        var textures = new GltfTextures(_document, limits, _warnings);
        GltfObject[] images = _document.List("images");
        foreach (GltfObject material in _materials)
        {
            int texture = TextureOf(material)?.Index("index", "textures") ?? -1;
            if (texture < 0)
            {
                continue;
            }

            int image = _images[texture];
            if (image >= 0 && !textures.Has(image))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await ReadAsync(images[image], textures, resources, accessors, cancellationToken).ConfigureAwait(false);
            }

            if (image < 0)
            {
                GltfObject owner = _document.List("textures")[texture];
                _warnings.Add(
                    GltfWarning.PictureIgnored, owner.Place,
                    $"It has a picture only in '{GltfVersion.PictureFormatOf(owner) ?? "no format"}', which this host does not read; the "
                        + "colour of the material stands for it.");
            }
        }

        return textures;
    }

    private static async Task ReadAsync(
        GltfObject image, GltfTextures textures, GltfResources resources, GltfAccessors accessors, CancellationToken cancellationToken)
    {
        try
        {
            textures.Read(image, await resources.ReadImageAsync(image, accessors, cancellationToken).ConfigureAwait(false));
        }
        catch (SceneException exception) when (exception.Code is SceneErrorCode.FileNotFound or SceneErrorCode.UnsupportedFileProvider)
        {
            textures.LeaveOut(image, $"{exception.Message} The colour of the material stands for it.");
        }
    }

    /// <summary>Makes the materials.</summary>
    public SceneMaterial[] Build(GltfTextures textures) => Array.ConvertAll(_materials, material => Build(material, textures));

    /// <summary>Gets how a material moves its texture coordinates; null when it does not.</summary>
    public Matrix3x2? TextureTransformOf(int material)
    {
        if (TextureOf(_materials[material])?.Extension("KHR_texture_transform") is not { } transform)
        {
            return null;
        }

        double[] offset = transform.Reals("offset", 2) ?? [0, 0];
        double[] scale = transform.Reals("scale", 2) ?? [1, 1];
        (float sine, float cosine) = MathF.SinCos((float)transform.Real("rotation", 0));
        return new Matrix3x2(
            cosine * (float)scale[0], -sine * (float)scale[0], sine * (float)scale[1], cosine * (float)scale[1], (float)offset[0],
            (float)offset[1]);
    }

    private static GltfObject? ColorsOf(GltfObject material)
        => material.Member("pbrMetallicRoughness") ?? material.Extension("KHR_materials_pbrSpecularGlossiness");

    private static GltfObject? TextureOf(GltfObject material)
        => ColorsOf(material) is { } colors ? colors.Member("baseColorTexture") ?? colors.Member("diffuseTexture") : null;

    private int ImageOf(GltfObject texture)
    {
        texture.Index("sampler", "samplers");
        return texture.Index("source", "images");
    }

    private int TextureSetOf(GltfObject material)
    {
        if (TextureOf(material) is not { } texture)
        {
            return 0;
        }

        texture.Index("index", "textures", isNeeded: true);
        int set = texture.Whole("texCoord", 0);
        return texture.Extension("KHR_texture_transform")?.Whole("texCoord", set) ?? set;
    }

    private SceneMaterial Build(GltfObject material, GltfTextures textures)
    {
        GltfObject? colors = ColorsOf(material);
        GltfObject? used = TextureOf(material);
        GltfObject? texture = used is { } reference ? _document.List("textures")[reference.Index("index", "textures")] : null;
        int image = texture is { } found ? _images[found.Number] : -1;
        int sampler = texture?.Index("sampler", "samplers") ?? -1;
        GltfObject? sampling = sampler >= 0 ? _document.List("samplers")[sampler] : null;
        double[] factor = colors?.Reals("baseColorFactor", 4) ?? colors?.Reals("diffuseFactor", 4) ?? [1, 1, 1, 1];
        WarnOf(material, colors);
        return new SceneMaterial
        {
            Name = GltfText.NameOf(material.Json),
            BaseColor = Vector4.Clamp(
                new Vector4((float)factor[0], (float)factor[1], (float)factor[2], (float)factor[3]), Vector4.Zero, Vector4.One),
            BaseColorTexture = image >= 0 ? textures[image] : null,
            WrapX = WrapOf(sampling, "wrapS"),
            WrapY = WrapOf(sampling, "wrapT"),
            HasMipmaps = sampling?.Whole("minFilter", 9_987) is not (9_728 or 9_729),
            IsDoubleSided = material.Flag("doubleSided"),
            AlphaMode = material.Text("alphaMode") switch
            {
                "MASK" => SceneAlphaMode.Mask, "BLEND" => SceneAlphaMode.Blend, _ => SceneAlphaMode.Opaque
            },
            AlphaCutoff = (float)material.Real("alphaCutoff", 0.5),
            IsUnlit = material.Extension("KHR_materials_unlit") is not null,
        };
    }

    private void WarnOf(GltfObject material, GltfObject? colors)
    {
        List<string> left = [.. _undrawn.Where(material.Has)];
        if (colors?.Has("metallicRoughnessTexture") == true)
        {
            left.Add("metallicRoughnessTexture");
        }

        if (material.Reals("emissiveFactor", 3) is { } emissive && emissive.Any(value => value != 0))
        {
            left.Add("emissiveFactor");
        }

        if (left.Count > 0)
        {
            _warnings.Add(GltfWarning.AppearanceSimplified, material.Place, $"Colours are drawn without {string.Join(", ", left)}.");
        }
    }

    private static TextureWrap WrapOf(GltfObject? sampler, string name)
        => sampler?.Whole(name, 10_497) switch { 33_071 => TextureWrap.Clamp, 33_648 => TextureWrap.Mirror, _ => TextureWrap.Repeat };
}
