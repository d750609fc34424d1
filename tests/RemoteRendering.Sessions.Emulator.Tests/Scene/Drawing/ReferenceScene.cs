using System.Numerics;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;

/// <summary>A little of everything, for the reference picture.</summary>
internal static class ReferenceScene
{
    public static (SceneSnapshot Scene, CameraPose Camera) Make()
    {
        SceneMaterial checks = Lit(Vector4.One, Checks());
        SceneMaterial glass = Lit(new Vector4(0.9f, 0.9f, 0.2f, 0.4f), mode: SceneAlphaMode.Blend);
        TriangleMesh ball = FormulaMeshes.Sphere(0.5, 48, 24, Lit(new Vector4(0.2f, 0.7f, 0.3f, 1)));
        MeshInstance[] instances =
        [
            SceneSetup.Instance(FormulaMeshes.Box(Vector3.One, checks), 1, new Vector3D(-1.6, 0, 0)),
            SceneSetup.Instance(
                FormulaMeshes.TorusKnot(2, 3, 0.16, 200, 24, Lit(new Vector4(0.15f, 0.4f, 0.8f, 1))), 2, new Vector3D(0, 0.2, 0)),
            SceneSetup.Instance(ball, 3, new Vector3D(1.7, 0.1, 0)),
            SceneSetup.Instance(FormulaMeshes.Torus(0.5, 0.2, 48, 24, checks), 4, new Vector3D(0, -0.3, 1.5)),
            SceneSetup.Instance(ball, 5, new Vector3D(-0.8, -0.2, 1.4), scale: new Vector3(0.5f))
                .With(tint: new Vector4(1, 0.1f, 0.1f, 0.8f)),
            SceneSetup.Instance(
                FormulaMeshes.Grid(1, 1, checks), 6, new Vector3D(0, -0.6, 0), Quaternion.CreateFromAxisAngle(Vector3.UnitX, -MathF.PI / 2),
                new Vector3(6)),
            SceneSetup.Instance(FormulaMeshes.Box(Vector3.One, glass), 7, new Vector3D(1.2, 0, 1.5), scale: new Vector3(0.6f)),
        ];
        CutPlane[] cuts = [
            new CutPlane(new Vector3D(1.9, 0, 0), new Vector3D(1, 0.3, 0.2).Normalized(), new Vector4(1, 0.2f, 0.1f, 1), 0.15f)
        ];
        return (new SceneSnapshot([.. instances], [.. cuts]), Picture.From(new Vector3(1.2f, 1.8f, 5), Vector3.Zero));
    }

    private static SceneMaterial Lit(Vector4 color, TextureImage? texture = null, SceneAlphaMode mode = SceneAlphaMode.Opaque)
        => new() { Name = "Lit", BaseColor = color, BaseColorTexture = texture, AlphaMode = mode };

    /// <summary>Eight by eight fields, the first one red, to the right greener.</summary>
    private static TextureImage Checks()
    {
        var pixels = new byte[4 * 64 * 64];
        for (int i = 0; i < 64 * 64; i++)
        {
            (int x, int y) = (i % 64, i / 64);
            byte[] color = x < 8 && y < 8
                ? [255, 30, 30, 255]
                : ((x / 8) + (y / 8)) % 2 == 0 ? [230, 230, 220, 255] : [40, (byte)(90 + (2 * x)), 160, 255];
            color.CopyTo(pixels, 4 * i);
        }

        return new TextureImage(64, 64, pixels);
    }
}
