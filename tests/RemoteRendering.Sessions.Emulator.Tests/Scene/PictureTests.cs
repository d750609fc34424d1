using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Emulator.Tests.Scene.Drawing;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.SoftwareRenderer.Drawing;
using RemoteRendering.Sessions.TestSupport;
using StbImageSharp;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

public class PictureTests
{
    private const string Camera = """{"position":[0,0,4],"rotation":[0,0,0,1],"fieldOfView":60,"near":0.1,"far":100}""";

    [Fact]
    public async Task CaptureFrame_RedSphere_RedInTheMiddleAndNotInTheCorner()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.LoadAsync("Sphere");

        ImageResult picture = await CaptureAsync(scene, 64, 48);

        Assert.Equal((64, 48), (picture.Width, picture.Height));
        (int red, int green, int blue) = Pixel(picture, 32, 24);
        Assert.True(red > 2 * green && red > 2 * blue, $"{red} {green} {blue}");
        (red, green, _) = Pixel(picture, 1, 1);
        Assert.False(red > 2 * green);
        JsonElement performance = await scene.CallAsync("performance");
        Assert.Equal(2 * 96 * 48, performance.GetProperty("polygonsRendered").GetInt64());
        Assert.True(performance.GetProperty("timeCpu").GetDouble() >= 0);
    }

    [Fact]
    public async Task CaptureFrame_TintedAndThenHidden_AsWritten()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.ApplyAsync(new BatchBuilder().Create(1).Override(1, on: 8, tint: 0xFF00FF00));
        await scene.LoadAsync("Sphere", 1);
        (int red, int green, _) = Pixel(await CaptureAsync(scene, 64, 48), 32, 24);
        Assert.True(green > red, $"{red} {green}");

        await scene.ApplyAsync(new BatchBuilder().Override(1, on: 1));
        ImageResult hidden = await CaptureAsync(scene, 64, 48);
        Assert.True(Math.Abs(Pixel(hidden, 32, 24).Green - Pixel(hidden, 2, 24).Green) < 3);
    }

    [Theory]
    [InlineData(3, """{"camera":CAMERA,"width":0,"height":10}""")]
    [InlineData(3, """{"camera":CAMERA,"width":10,"height":4097}""")]
    [InlineData(
        3, """{"camera":{"position":[0,0,4],"rotation":[0,0,0,1],"fieldOfView":180,"near":0.1,"far":100},"width":10,"height":10}""")]
    [InlineData(3, """{"camera":{"position":[0,0,4],"rotation":[0,0,0,1],"fieldOfView":60,"near":0,"far":100},"width":10,"height":10}""")]
    [InlineData(3, """{"camera":{"position":[0,0,4],"rotation":[0,0,0,0]},"width":10,"height":10}""")]
    [InlineData(305, """{"camera":CAMERA,"width":640,"height":360,"maxBytes":100}""")]
    [InlineData(-32602, """{"width":10,"height":10}""")]
    public async Task CaptureFrame_MakesNoSense_Refused(int code, string parameters)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        await scene.RefusedAsync(code, "captureFrame", parameters.Replace("CAMERA", Camera, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_SceneChanges_APictureEachTimeUntilStopped()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await scene.LoadAsync("Box");
        await StartAsync(scene);
        await scene.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        Assert.Equal((7u, 1L), await PreviewAsync(scene.Device));

        await scene.Time.PassAsync(TimeSpan.FromSeconds(2));
        await scene.ApplyAsync(new BatchBuilder().Create(1).Position(1, 1, 0, 0));
        await scene.Scenes.Background.WhenAllAsync();
        await scene.Time.PassAsync(TimeSpan.FromMilliseconds(200));
        Assert.Equal((7u, 2L), await PreviewAsync(scene.Device));
        await scene.CallAsync("stopPreview", """{"preview":7}""");
        await scene.RefusedAsync(600, "stopPreview", """{"preview":7}""");
    }

    [Fact]
    public async Task Preview_AfterAResume_APictureAtOnce()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        await StartAsync(scene);
        await scene.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        await PreviewAsync(scene.Device);
        scene.Device.Cut();
        await scene.Host.UntilAsync("linkLost");
        await scene.Scenes.Background.WhenAllAsync();
        TestDevice back = await scene.Host.BindAsync(epoch: 1);
        await scene.Time.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal((7u, 2L), await PreviewAsync(back));
    }

    [Fact]
    public async Task StartPreview_TooManyOrOutOfRange_Refused()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        for (uint number = 1; number <= 4; number++)
        {
            await StartAsync(scene, number);
        }

        await StartAsync(scene, 4);
        await scene.RefusedAsync(607, "startPreview", Parameters(5));
        await scene.RefusedAsync(3, "startPreview", Parameters(1).Replace(":5}", ":31}", StringComparison.Ordinal));
    }

    private static string Parameters(uint number)
        => $$"""{"preview":{{number}},"camera":{{Camera}},"width":32,"height":16,"framesPerSecond":5}""";

    private static Task<JsonElement> StartAsync(SceneFixture scene, uint number = 7) => scene.CallAsync("startPreview", Parameters(number));

    private static async Task<(uint Preview, long Picture)> PreviewAsync(TestDevice device)
    {
        HostMessage message = await device.ReceiveMessageAsync();
        byte[] frame = message.Payload.ToArray();
        Assert.True(message.Kind == HostMessageKind.Binary && frame[0] == 17, message.ToString());
        Assert.Equal(32, ImageResult.FromMemory(frame[16..], ColorComponents.RedGreenBlue).Width);
        return (BitConverter.ToUInt32(frame, 4), BitConverter.ToInt64(frame, 8));
    }

    private static async Task<ImageResult> CaptureAsync(SceneFixture scene, int width, int height)
    {
        await scene.Device.RequestAsync(
            scene.NextId(), "captureFrame", $$"""{"camera":{{Camera}},"width":{{width}},"height":{{height}},"maxBytes":1000000}""");
        HostMessage message = await scene.Device.ReceiveMessageAsync();
        Assert.Equal(HostMessageKind.Binary, message.Kind);
        byte[] frame = message.Payload.ToArray();
        Assert.Equal(16, frame[0]);
        return ImageResult.FromMemory(frame[16..], ColorComponents.RedGreenBlue);
    }

    private static (int Red, int Green, int Blue) Pixel(ImageResult picture, int x, int y)
    {
        int at = 3 * ((y * picture.Width) + x);
        return (picture.Data[at], picture.Data[at + 1], picture.Data[at + 2]);
    }
}
