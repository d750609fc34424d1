namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 10 of the protocol: pictures.</summary>
[Collection(HostConformanceCollection.Name)]
public class FrameCases(HostUnderTest host)
{
    private const string Camera = """{"position":[0,0,5],"rotation":[0,0,0,1],"fieldOfView":60,"near":0.1,"far":100}""";

    [Fact]
    public async Task CaptureFrame_Engine_APngOfThatSize()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "frames");
        await device.LoadEngineAsync();
        await device.Link.RequestAsync(
            ++device.LastId, "captureFrame", $$"""{"camera":{{Camera}},"width":320,"height":180,"maxBytes":1000000}""");

        (byte kind, uint argument, long id, byte[] png) = await device.Link.ReceiveBinaryAsync();

        Assert.Equal((16, 0u, device.LastId), (kind, argument, id));
        AssertPng(png, 320, 180);
        await device.LeaveAsync();
    }

    [Theory]
    [InlineData(3, 0, 100, 100_000)]
    [InlineData(3, 100, 4_097, 100_000)]
    [InlineData(305, 640, 360, 50)]
    public async Task CaptureFrame_SizesThatAreNone_Refused(int code, int width, int height, int maxBytes)
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "frames");

        await device.RefusedAsync(
            code, "captureFrame", $$"""{"camera":{{Camera}},"width":{{width}},"height":{{height}},"maxBytes":{{maxBytes}}}""");
        await device.LeaveAsync();
    }

    [Fact]
    public async Task Preview_SceneChanges_NumberedPicturesUntilStopped()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "frames");
        uint root = await device.LoadEngineAsync();
        await device.CallAsync(
            "startPreview", $$"""{"preview":3,"camera":{{Camera}},"width":64,"height":36,"framesPerSecond":30,"maxBytes":1000000}""");
        (byte kind, uint preview, long number, byte[] png) = await device.Link.ReceiveBinaryAsync();
        Assert.Equal((17, 3u, 1L), (kind, preview, number));
        AssertPng(png, 64, 36);

        await device.SendBatchAsync(++device.LastId, SceneDevice.Move(root, 1, 0, 0));
        Assert.Equal(2, (await device.Link.ReceiveBinaryAsync()).Id);

        // Answers of the writes may have been skipped with the texts; what follows is asked anew.
        await device.Link.RequestAsync(++device.LastId, "stopPreview", """{"preview":3}""");
        await device.Link.ReceiveAnswerAsync(device.LastId);
        await device.LeaveAsync();
    }

    private static void AssertPng(byte[] png, int width, int height)
    {
        Assert.Equal<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10], png[..8]);
        Assert.Equal(width, (png[18] << 8) | png[19]);
        Assert.Equal(height, (png[22] << 8) | png[23]);
    }
}
