using System.Numerics;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Geometry;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Materials;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Meshes;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Rays;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;

public class SoftwareRendererTests
{
    private static readonly Pixel _redPixel = new(255, 0, 0, 255);
    private static readonly Pixel _greenPixel = new(0, 255, 0, 255);
    private static readonly SceneMaterial _red = Picture.Unlit(new Vector4(1, 0, 0, 1));
    private static readonly SceneMaterial _green = Picture.Unlit(new Vector4(0, 1, 0, 1));
    private static readonly Quaternion _around = Quaternion.CreateFromAxisAngle(Vector3.UnitY, MathF.PI);

    [Fact]
    public void Render_Nothing_IsBackgroundFromDarkToLight()
    {
        Picture picture = Picture.Of();

        Assert.True(picture[50, 0].R < picture[50, 99].R);
        Assert.All(Enumerable.Range(0, 100), x => Assert.Equal(picture[0, 40], picture[x, 40]));
        Assert.Equal(255, picture[3, 3].A);
    }

    [Fact]
    public void Render_Square_CoversWhatTheFormulaSays()
    {
        // From -1 to 1 at depth 2: half of the picture each way, its edges between two pixels.
        Picture picture = Picture.Of(SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -2)));

        Assert.Equal(50 * 50, picture.Count(_redPixel));
        Assert.Equal(_redPixel, picture[25, 25]);
        Assert.Equal(_redPixel, picture[74, 74]);
        Assert.NotEqual(_redPixel, picture[24, 25]);
        Assert.NotEqual(_redPixel, picture[75, 74]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Render_OneBehindAnother_ShowsTheNearer(bool nearerFirst)
    {
        MeshInstance near = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -2), scale: new Vector3(0.5f));
        MeshInstance far = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _green), position: new Vector3D(0, 0, -2.001));
        Picture picture = Picture.Of(nearerFirst ? [near, far] : [far, near]);

        Assert.Equal(_redPixel, picture[50, 50]);
        Assert.Equal(_greenPixel, picture[30, 30]);
    }

    [Fact]
    public void Render_ThroughEachOther_MeetWhereTheyAreEquallyFar()
    {
        // Two squares turned an eighth either way cross on the picture's middle line.
        MeshInstance Turned(SceneMaterial material, float angle) => SceneSetup.Instance(
            FormulaMeshes.Grid(1, 1, material), position: new Vector3D(0, 0, -3),
            rotation: Quaternion.CreateFromAxisAngle(Vector3.UnitY, angle));
        Picture picture = Picture.Of(Turned(_red, MathF.PI / 4), Turned(_green, -MathF.PI / 4));

        Assert.Equal(_greenPixel, picture[51, 50]);
        Assert.Equal(_redPixel, picture[48, 50]);
    }

    [Fact]
    public void Render_FineGridSeenThrough_ShowsNoSeams()
    {
        // A pixel that was drawn twice or not at all would have another colour than the rest.
        SceneMaterial material = Picture.Unlit(new Vector4(1, 0, 0, 0.5f), mode: SceneAlphaMode.Blend);
        MeshInstance backdrop =
            SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _green), position: new Vector3D(0, 0, -5), scale: new Vector3(9));
        for (int i = 0; i < 20; i++)
        {
            Quaternion turned = Quaternion.CreateFromYawPitchRoll(0.05f * i, 0.03f * i, 0.31f * i);
            Picture picture = Picture.Of(
                backdrop,
                SceneSetup.Instance(FormulaMeshes.Grid(37, 23, material), position: new Vector3D(0.01, 0.02, -2), rotation: turned));

            // Half of each light is 188 as sRGB.
            Assert.Equal(100 * 100, picture.Count(_greenPixel) + picture.Count(new Pixel(188, 188, 0, 255)));
            Assert.InRange(picture.Count(_greenPixel), 1, 9_000);
        }
    }

    [Fact]
    public void Render_TurnedAway_ShowsBackFacesOfDoubleSidedMaterialsOnly()
    {
        MeshInstance Square(SceneMaterial material, Vector3 scale)
            => SceneSetup.Instance(FormulaMeshes.Grid(1, 1, material), position: new Vector3D(0, 0, -2), rotation: _around, scale: scale);
        SceneMaterial doubleSided = Picture.Unlit(new Vector4(1, 0, 0, 1), isDoubleSided: true);

        Assert.Equal(0, Picture.Of(Square(_red, Vector3.One)).Count(_redPixel));
        Assert.Equal(2_500, Picture.Of(Square(doubleSided, Vector3.One)).Count(_redPixel));

        // Mirrored through its own plane it keeps its corners, but its front is on the other side.
        Assert.Equal(2_500, Picture.Of(Square(_red, new Vector3(1, 1, -1))).Count(_redPixel));
    }

    [Fact]
    public void Render_FloorBelowTheCamera_IsCutAtTheNearPlane()
    {
        MeshInstance floor = SceneSetup.Instance(
            FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, -1, 0),
            rotation: Quaternion.CreateFromAxisAngle(Vector3.UnitX, -MathF.PI / 2), scale: new Vector3(90));
        Picture picture = Picture.Of(floor);

        // 90 m away it is 1/90 below the horizon: just over half a pixel.
        Assert.NotEqual(_redPixel, picture[50, 49]);
        Assert.Equal(100 * 49, Enumerable.Range(51, 49).Sum(y => Enumerable.Range(0, 100).Count(x => picture[x, y] == _redPixel)));
    }

    [Fact]
    public void Render_NearerThanNearOrFartherThanFar_IsNotSeen()
    {
        MeshInstance At(double depth)
            => SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -depth), scale: new Vector3((float)depth));

        Assert.Equal(0, Picture.Of(At(0.099)).Count(_redPixel));
        Assert.NotEqual(0, Picture.Of(At(0.101)).Count(_redPixel));
        Assert.NotEqual(0, Picture.Of(At(99.9)).Count(_redPixel));
        Assert.Equal(0, Picture.Of(At(100.1)).Count(_redPixel));
    }

    [Fact]
    public void Render_TextureInPerspective_IsWhereTheRayMeetsIt()
    {
        // Red grows with u, green with v, in steps too fine to be seen.
        const int Size = 256;
        const int Width = 400;
        var pixels = new byte[4 * Size * Size];
        for (int i = 0; i < Size * Size; i++)
        {
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 3]) = ((byte)(i % Size), (byte)(i / Size), 255);
        }

        SceneMaterial material = Picture.Unlit(Vector4.One, new TextureImage(Size, Size, pixels));
        var rotation = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -0.8f);
        MeshInstance square = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, material), position: new Vector3D(0, 0, -2), rotation: rotation);
        Picture picture = Picture.Of(SceneSetup.Scene(square), Picture.Camera, Width, Width);
        Assert.True(square.Place.TryInvert(out Placement inverse));
        int compared = 0;
        for (int i = 0; i < Width * Width; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            Vector3D way = inverse.TransformVector(new Vector3D(((x + 0.5) * 2 / Width) - 1, 1 - ((y + 0.5) * 2 / Width), -1));
            Vector3D start = inverse.TransformPoint(default);
            Vector3D point = start - (way * (start.Z / way.Z));
            if (Math.Abs(point.X) < 0.95 && Math.Abs(point.Y) < 0.95)
            {
                Assert.Equal((point.X + 1) / 2 * Size, picture[x, y].R + 0.5, 3d);
                Assert.Equal((1 - point.Y) / 2 * Size, picture[x, y].G + 0.5, 3d);
                compared++;
            }
        }

        Assert.True(compared > 10_000);
    }

    [Fact]
    public void Render_TextureFarAway_IsItsMean()
    {
        byte[] checks = [
            .. Enumerable.Range(0, 64 * 64).SelectMany(static i => (i + (i / 64)) % 2 == 0 ? (byte[])[255, 255, 255, 255] : [0, 0, 0, 255])
        ];
        SceneMaterial material = Picture.Unlit(Vector4.One, new TextureImage(64, 64, checks));
        Picture picture = Picture.Of(SceneSetup.Instance(FormulaMeshes.Grid(1, 1, material), position: new Vector3D(0, 0, -20)));

        // Five pixels wide; half the light of white is 188.
        Assert.Equal(new Pixel(188, 188, 188, 255), picture[50, 50]);
    }

    [Theory]
    [InlineData(nameof(TextureWrap.Repeat), "RGRGRG")]
    [InlineData(nameof(TextureWrap.Clamp), "RRRGGG")]
    [InlineData(nameof(TextureWrap.Mirror), "GRRGGR")]
    public void Render_CoordinatesBeyondTheTexture_WrapAsToldTo(string name, string expected)
    {
        TextureWrap wrap = Enum.Parse<TextureWrap>(name);
        byte[] halves = [255, 0, 0, 255, 0, 255, 0, 255];
        var material =
            new SceneMaterial { Name = "Halves", BaseColorTexture = new TextureImage(2, 1, halves), WrapX = wrap, IsUnlit = true };
        TriangleMesh grid = FormulaMeshes.Grid(1, 1);

        // The whole picture, with coordinates from -1 to 2: six halves.
        var mesh = new TriangleMesh(
            grid.Positions, grid.Indices, [new MeshPart(0, 2, material)], null,
            [.. grid.TextureCoordinates!.Select(static at => new Vector2((3 * at.X) - 1, at.Y))]);
        Picture picture = Picture.Of(SceneSetup.Instance(mesh, position: new Vector3D(0, 0, -1)));

        string seen = string.Concat(
            Enumerable.Range(0, 6)
                .Select(i => picture[(int)((i + 0.5) / 6 * 100), 50] is { R: var red, G: var green } && red > green ? 'R' : 'G'));
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Render_MaskedTexture_LeavesHoles()
    {
        byte[] halves = [255, 0, 0, 255, 255, 0, 0, 0];
        SceneMaterial material = Picture.Unlit(Vector4.One, new TextureImage(2, 1, halves), SceneAlphaMode.Mask);
        MeshInstance behind =
            SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _green), position: new Vector3D(0, 0, -2.5), scale: new Vector3(3));
        Picture picture = Picture.Of(SceneSetup.Instance(FormulaMeshes.Grid(1, 1, material), position: new Vector3D(0, 0, -2)), behind);

        Assert.Equal(_redPixel, picture[37, 50]);
        Assert.Equal(_greenPixel, picture[62, 50]);
    }

    [Fact]
    public void Render_SeenThrough_MixesFromBackToFrontWhateverTheOrder()
    {
        MeshInstance At(double depth, Vector4 color) => SceneSetup.Instance(
            FormulaMeshes.Grid(1, 1, Picture.Unlit(color, mode: SceneAlphaMode.Blend)), position: new Vector3D(0, 0, -depth));
        MeshInstance wall = SceneSetup.Instance(
            FormulaMeshes.Grid(1, 1, Picture.Unlit(new Vector4(0, 0, 0, 1))), position: new Vector3D(0, 0, -4), scale: new Vector3(5));
        MeshInstance near = At(2, new Vector4(1, 0, 0, 0.5f));
        MeshInstance far = At(3, new Vector4(0, 1, 0, 0.5f));

        // A quarter of green light is 137.
        var expected = new Pixel(188, 137, 0, 255);
        Assert.Equal(expected, Picture.Of(near, far, wall)[50, 50]);
        Assert.Equal(expected, Picture.Of(wall, far, near)[50, 50]);
    }

    [Fact]
    public void Render_VertexColors_AreMixedBetween()
    {
        var mesh = new TriangleMesh(
            [new Vector3(-1, -1, 0), new Vector3(1, -1, 0), new Vector3(-1, 1, 0)], [0, 1, 2],
            [new MeshPart(0, 1, Picture.Unlit(Vector4.One))],
            colors: [new Vector4(1, 0, 0, 1), new Vector4(0, 1, 0, 1), new Vector4(0, 0, 1, 1)]);
        Pixel middle = Picture.Of(SceneSetup.Instance(mesh, position: new Vector3D(0, 0, -1)))[33, 66];

        // A third of each light is 156.
        Assert.All((byte[])[middle.R, middle.G, middle.B], static channel => Assert.InRange(channel, 154, 158));
    }

    [Fact]
    public void Render_Lit_IsBrighterTowardsTheSun()
    {
        var white = new SceneMaterial { Name = "White", BaseColor = new Vector4(0.5f, 0.5f, 0.5f, 1) };
        Picture smooth = Picture.Of(SceneSetup.Instance(FormulaMeshes.Sphere(1, 48, 24, white), position: new Vector3D(0, 0, -2)));

        Assert.True(smooth[50, 30].R > smooth[50, 50].R - 30);
        Assert.True(smooth[50, 30].R > smooth[50, 75].R + 20);
        Assert.True(smooth[50, 75].R > 40);

        // Without normals each triangle has one light.
        TriangleMesh sphere = FormulaMeshes.Sphere(1, 8, 4);
        var flat = new TriangleMesh(sphere.Positions, sphere.Indices, [new MeshPart(0, sphere.TriangleCount, white)]);
        Picture picture = Picture.Of(SceneSetup.Instance(flat, position: new Vector3D(0, 0, -2)));
        Assert.InRange(
            Enumerable.Range(0, 10_000).Select(i => picture[i % 100, i / 100]).Where(static pixel => pixel.R == pixel.B).Distinct().Count(),
            3, 24);
    }

    [Fact]
    public void Render_Tint_GoesIntoTheColor()
    {
        MeshInstance square = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -2));

        Assert.Equal(_greenPixel, Picture.Of(square.With(tint: new Vector4(0, 1, 0, 1)))[50, 50]);
        Assert.Equal(new Pixel(188, 188, 0, 255), Picture.Of(square.With(tint: new Vector4(0, 1, 0, 0.5f)))[50, 50]);
        Assert.Equal(_redPixel, Picture.Of(square.With(tint: new Vector4(0, 1, 0, 0)))[50, 50]);
    }

    [Fact]
    public void Render_WithoutCollisionOrFlattened_OnlyTheFlattenedIsNotDrawn()
    {
        MeshInstance square = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -2));

        Assert.Equal(2_500, Picture.Of(square.With(collides: false)).Count(_redPixel));
        Assert.Equal(
            0,
            Picture.Of(
                square.With(place: Placement.Compose(new Vector3D(0, 0, -2), Quaternion.Identity, new Vector3(0, 1, 1)))).Count(_redPixel));
    }

    [Fact]
    public void Render_CutPlane_TakesItsSideAwayAndFadesTheRest()
    {
        MeshInstance square = SceneSetup.Instance(FormulaMeshes.Grid(1, 1, _red), position: new Vector3D(0, 0, -1));
        var cut = new CutPlane(new Vector3D(0.2, 0, 0), new Vector3D(1, 0, 0), new Vector4(0, 1, 0, 1), 0.5f);
        Picture picture = Picture.Of(new SceneSnapshot([square], [cut]), Picture.Camera);

        // The plane is at column 60, the fade begins at 35; at 47.5 it is half.
        Assert.Equal(Picture.Of()[60, 50], picture[60, 50]);
        Assert.InRange(picture[59, 50].G, 248, 255);
        Assert.InRange(picture[47, 50].G, 182, 190);
        Assert.InRange(picture[47, 50].R, 184, 192);
        Assert.Equal(_redPixel, picture[34, 50]);
    }

    [Fact]
    public void Render_CutOpen_ShowsTheInside()
    {
        MeshInstance box = SceneSetup.Instance(FormulaMeshes.Box(new Vector3(1), _red), position: new Vector3D(0, 0, -2));
        var cut = new CutPlane(new Vector3D(0, 0, -2), new Vector3D(0, 0, 1), default, 0);
        Picture picture = Picture.Of(new SceneSnapshot([box], [cut]), Picture.Camera);

        // Where it is open it is half a metre each way at depth 2.
        Assert.Equal(26 * 26, picture.Count(_redPixel), 60d);
        Assert.Equal(_redPixel, picture[50, 50]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void Render_OnMoreThreads_IsTheSamePicture(int threads)
    {
        (SceneSnapshot scene, CameraPose camera) = ReferenceScene.Make();

        Assert.Equal(Picture.Of(scene, camera, 321, 123).Rgba, Picture.Of(scene, camera, 321, 123, threads).Rgba);
    }

    [Fact]
    public void Render_ManyThousandTriangles_LeavesNoneOut()
    {
        // More than go through at once, whatever the number of threads.
        MeshInstance square = SceneSetup.Instance(FormulaMeshes.Grid(150, 150, _red), position: new Vector3D(0, 0, -2));

        Assert.Equal(2_500, Picture.Of(SceneSetup.Scene(square), Picture.Camera, threads: 2).Count(_redPixel));
    }

    [Fact]
    public void Render_FarFromTheOrigin_IsTheSamePicture()
    {
        (SceneSnapshot scene, CameraPose camera) = ReferenceScene.Make();
        var far = new Vector3D(1e7, -1e7, 1e7);
        MeshInstance[] moved = [
            .. scene.Instances.Select(instance => instance.With(place: instance.Place.WithOrigin(instance.Place.Origin + far)))
        ];
        CutPlane[] cuts = [.. scene.Cuts.Select(cut => new CutPlane(cut.Point + far, cut.Normal, cut.FadeColor, cut.FadeLength))];

        Picture here = Picture.Of(scene, camera, 160, 100);
        Picture there = Picture.Of(
            new SceneSnapshot([.. moved], [.. cuts]),
            new CameraPose(camera.Position + far, camera.Rotation, camera.FieldOfView, camera.Near, camera.Far), 160, 100);

        Assert.InRange(here.Rgba.Zip(there.Rgba).Count(static pair => Math.Abs(pair.First - pair.Second) > 2), 0, 20);
    }

    [Fact]
    public void Render_AnyPixel_ShowsWhatARayThroughItHits()
    {
        var random = new Random(9);
        MeshInstance[] instances = [.. Enumerable.Range(0, 60).Select(i => SceneSetup.Instance(
            FormulaMeshes.TorusKnot(2, 3, 0.12, 60, 8, Picture.Unlit(new Vector4(SrgbCurve.ToLinear[4 * i], 1, 0, 1), isDoubleSided: true)),
            (uint)i,
            (random.Direction() * 2) + new Vector3D(0, 0, -4),
            Quaternion.CreateFromYawPitchRoll(i, 2 * i, 3 * i)))];
        SceneSnapshot scene = SceneSetup.Scene(instances);
        Picture picture = Picture.Of(scene, Picture.Camera);
        int differences = 0;
        for (int i = 0; i < 10_000; i++)
        {
            (int x, int y) = (i % 100, i / 100);
            var way = new Vector3D(((x + 0.5) / 50) - 1, 1 - ((y + 0.5) / 50), -1);
            IReadOnlyList<RayHit> hits = RayCaster.Cast(scene, new RayQuery(way * 0.1, way * 100));
            int expected = hits.Count == 0 ? -1 : (int)(4 * hits[0].Entity);
            int seen = picture[x, y] is { G: 255, B: 0 } pixel ? pixel.R : -1;
            differences += expected == seen ? 0 : 1;
        }

        // On the very edge either may be right.
        Assert.InRange(differences, 0, 10);
    }

    [Fact]
    public void Render_NumbersThatAreNone_StillDraws()
    {
        var texture = new TextureImage(2, 2, new byte[16]);
        var material = new SceneMaterial { Name = "Odd", BaseColor = new Vector4(float.NaN, 1, 1, 1), BaseColorTexture = texture };
        TriangleMesh grid = FormulaMeshes.Grid(2, 2);
        var mesh = new TriangleMesh(
            grid.Positions, grid.Indices, [new MeshPart(0, grid.TriangleCount, material)],
            [.. grid.Positions.Select(static _ => new Vector3(float.NaN))],
            [.. grid.Positions.Select(static _ => new Vector2(float.PositiveInfinity, float.NaN))]);

        Assert.Equal(255, Picture.Of(SceneSetup.Instance(mesh, position: new Vector3D(0, 0, -2)))[50, 50].A);
    }

    [Fact]
    public void Render_Cancelled_Throws()
        => Assert.ThrowsAny<OperationCanceledException>(
            () => new Rasterizer().Render(SceneSetup.Scene(), Picture.Camera, 10, 10, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Render_NoSize_Throws(int width, int height)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new Rasterizer().Render(SceneSetup.Scene(), Picture.Camera, width, height));
}
