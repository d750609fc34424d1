using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Json;
using StbImageSharp;

namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Gltf.Materials;

/// <summary>Decodes the pictures of a file, each once, after a look at what they would take.</summary>
internal sealed class GltfTextures(GltfDocument document, SceneLimits limits, GltfWarnings warnings)
{
    private const int MaxSide = 8_192;

    private readonly Dictionary<int, TextureImage?> _images = [];
    private long _bytes;

    /// <summary>Gets what all of them take.</summary>
    public long ByteSize => _bytes;

    /// <summary>The picture that was read under a number before.</summary>
    public TextureImage? this[int image] => _images.GetValueOrDefault(image);

    public bool Has(int image) => _images.ContainsKey(image);

    /// <summary>
    /// Decodes a picture. One of a kind that this host does not read, as WebP, is left out: the colour of the material stands for it.
    /// </summary>
    public void Read(GltfObject image, ReadOnlyMemory<byte>? file)
    {
        if (file is { } bytes && IsKnown(bytes.Span))
        {
            _images[image.Number] = Decode(image, bytes);
            return;
        }

        LeaveOut(image, "It is neither a PNG nor a JPEG; the colour of the material stands for it.");
    }

    public void LeaveOut(GltfObject image, string why)
    {
        _images[image.Number] = null;
        warnings.Add(GltfWarning.PictureIgnored, image.Place, why);
    }

    private static bool IsKnown(ReadOnlySpan<byte> file) => PngGuard.IsPng(file) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    private TextureImage Decode(GltfObject image, ReadOnlyMemory<byte> file)
    {
        try
        {
            byte[] bytes = file.ToArray();
            using var stream = new MemoryStream(bytes);
            ImageInfo info = ImageInfo.FromStream(stream) ?? throw image.Corrupt("it is no picture");
            if (info.Width is < 1 or > MaxSide || info.Height is < 1 or > MaxSide)
            {
                throw SceneLimits.Exceeded(document.Name, $"pixels on a side of {image.Place}", MaxSide);
            }

            _bytes += 4L * info.Width * info.Height * 4 / 3;
            limits.CheckTotals(0, _bytes, document.Name);
            if (PngGuard.IsPng(bytes) && !PngGuard.HoldsWhatItSays(bytes))
            {
                throw image.Corrupt("it unfolds to far more bytes than a picture of its size has");
            }

            ImageResult result = ImageResult.FromMemory(bytes, ColorComponents.RedGreenBlueAlpha);
            return new TextureImage(result.Width, result.Height, result.Data);
        }
        catch (Exception exception) when (exception is not SceneException and not OutOfMemoryException)
        {
            // The decoder throws what it likes on broken input.
            throw new SceneException(
                SceneErrorCode.FileCorrupt, $"'{document.Name}' is broken: {image.Place}: it cannot be decoded.", exception);
        }
    }
}
