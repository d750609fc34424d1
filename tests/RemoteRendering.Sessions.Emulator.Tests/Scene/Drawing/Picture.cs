using System.Numerics;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using StbImageSharp;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;

/// <summary>A picture that was drawn.</summary>
internal sealed class Picture(int width, int height, byte[] rgba)
{
    /// <summary>A camera at the origin, whose picture is two units wide at depth 1 if it is square.</summary>
    public static CameraPose Camera { get; } = new(default, Quaternion.Identity, 90, 0.1, 100);

    public byte[] Rgba { get; } = rgba;

    public Pixel this[int x, int y]
    {
        get
        {
            ReadOnlySpan<byte> pixel = Rgba.AsSpan(4 * ((y * width) + x), 4);
            return new Pixel(pixel[0], pixel[1], pixel[2], pixel[3]);
        }
    }

    public static Picture Of(SceneSnapshot scene, CameraPose camera, int width = 100, int height = 100, int threads = 1)
        => new(width, height, new Rasterizer(threads).Render(scene, camera, width, height));

    public static Picture Of(params MeshInstance[] instances) => Of(new SceneSnapshot([.. instances], []), Camera);

    public static Picture Read(byte[] png)
    {
        ImageResult image = ImageResult.FromMemory(png, ColorComponents.RedGreenBlueAlpha);
        return new Picture(image.Width, image.Height, image.Data);
    }

    /// <summary>A material that comes out as it is.</summary>
    public static SceneMaterial Unlit(
        Vector4 color, TextureImage? texture = null, SceneAlphaMode mode = SceneAlphaMode.Opaque, bool isDoubleSided = false)
        => new()
        {
            Name = "Unlit",
            BaseColor = color,
            BaseColorTexture = texture,
            AlphaMode = mode,
            IsDoubleSided = isDoubleSided,
            IsUnlit = true
        };

    /// <summary>A camera that looks at a point.</summary>
    public static CameraPose From(Vector3 position, Vector3 target)
    {
        Matrix4x4.Invert(Matrix4x4.CreateLookAt(position, target, Vector3.UnitY), out Matrix4x4 pose);
        return new CameraPose(position, Quaternion.CreateFromRotationMatrix(pose), 45, 0.05, 100);
    }

    public int Count(Pixel color)
    {
        int count = 0;
        for (int i = 0; i < width * height; i++)
        {
            count += this[i % width, i / width] == color ? 1 : 0;
        }

        return count;
    }
}
