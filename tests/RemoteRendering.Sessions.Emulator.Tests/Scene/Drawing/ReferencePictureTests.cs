using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Host.Scene.Pictures;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;

public class ReferencePictureTests
{
    private const int Width = 240;
    private const int Height = 150;

    /// <summary>
    /// Compares with a picture that a person has looked at. To make a new one: look at what the failed test wrote, and put it in its place.
    /// </summary>
    [Fact]
    public void Render_ReferenceScene_LooksAsItDid()
    {
        (SceneSnapshot scene, CameraPose camera) = ReferenceScene.Make();
        byte[] drawn = new Rasterizer().Render(scene, camera, Width, Height);
        string reference = Path.Combine(AppContext.BaseDirectory, "Scene", "Drawing", "reference.png");
        Picture expected = Picture.Read(File.ReadAllBytes(reference));
        int[] differences = [.. drawn.Zip(expected.Rgba, static (one, other) => Math.Abs(one - other))];

        // Another processor rounds otherwise, and an edge may then fall on the next pixel.
        int visible = differences.Count(static difference => difference > 12);
        if (visible > differences.Length / 200 || differences.Average() > 0.3)
        {
            string path = Path.Combine(AppContext.BaseDirectory, "reference-as-drawn.png");
            File.WriteAllBytes(path, PngEncoder.Encode(drawn, Width, Height));
            Assert.Fail(
                $"{visible} of {differences.Length} values differ visibly, {differences.Average():0.00} on average; the picture is in "
                    + $"{path}.");
        }
    }
}
