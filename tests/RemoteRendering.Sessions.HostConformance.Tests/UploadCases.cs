using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Section 9 of the protocol: models from the client's own bytes, good and bad ones.</summary>
[Collection(HostConformanceCollection.Name)]
public class UploadCases(HostUnderTest host)
{
    private const string Triangle = """
        {"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"name":"N","mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
        "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],"bufferViews":[{"buffer":0,"byteLength":36}],
        "buffers":[{"byteLength":36,"uri":"data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA"}]}
        """;

    [Fact]
    public async Task Upload_Triangle_LoadedWithItsBounds()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "upload");
        uint upload = await UploadAsync(device, Encoding.UTF8.GetBytes(Triangle));

        JsonElement loaded = await device.CallAsync("loadModel", $$"""{"upload":{{upload}},"parent":0}""");

        Assert.Equal(1, loaded.GetProperty("primitives").GetInt64());
        JsonElement bounds = await device.CallAsync("queryBounds", $$"""{"entity":{{loaded.GetProperty("root")}},"space":"world"}""");
        Assert.Equal("[1,1,0]", bounds.GetProperty("max").GetRawText());
        await device.CallAsync("endUpload", $$"""{"upload":{{upload}}}""");
        await device.RefusedAsync(600, "loadModel", $$"""{"upload":{{upload}},"parent":0}""");
        await device.LeaveAsync();
    }

    [Theory]
    [InlineData(303, "this is no model", "")]
    [InlineData(301, "\"2.0\"", "\"1.0\"")]
    [InlineData(307, "\"byteLength\":36}]", "\"byteLength\":37}]")]
    [InlineData(307, "\"mesh\":0", "\"mesh\":1")]
    [InlineData(307, "\"mesh\":0", "\"mesh\":0,\"children\":[0]")]
    [InlineData(307, "AAAAAAAAAAAAAAAAAACAPw", "AADAfwAAAAAAAAAAAACAPw")]
    [InlineData(309, "data:application/octet-stream;base64,AAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAAAgD8AAAAA", "file:///etc/hostname")]
    public async Task LoadModel_HostileFile_RefusedAndTheSceneUnchanged(int code, string part, string becomes)
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "upload");
        string text = becomes.Length == 0 ? part : Triangle.Replace(part, becomes, StringComparison.Ordinal);
        uint upload = await UploadAsync(device, Encoding.UTF8.GetBytes(text));

        await device.RefusedAsync(code, "loadModel", $$"""{"upload":{{upload}},"parent":0}""");

        JsonElement found = await device.CallAsync("spatialQuery", """{"sphere":{"center":[0,0,0],"radius":1000},"maxResults":10}""");
        Assert.Equal(0, found.GetProperty("entities").GetArrayLength());
        await device.LeaveAsync();
    }

    [Fact]
    public async Task Chunk_BeyondTheLengthOrMissing_Refused()
    {
        using SceneDevice device = await SceneDevice.StartAsync(host, "upload");
        uint upload = (await device.CallAsync("beginUpload", """{"length":10,"name":"ten"}""")).GetProperty("upload").GetUInt32();
        await device.RefusedAsync(307, "loadModel", $$"""{"upload":{{upload}},"parent":0}""");
        await device.Link.SendBinaryAsync(2, upload, ++device.LastId, new byte[11]);
        Assert.Equal(305, (await device.Link.ReceiveAnswerAsync(device.LastId)).GetProperty("error").GetProperty("code").GetInt32());
        await device.LeaveAsync();
    }

    private static async Task<uint> UploadAsync(SceneDevice device, byte[] file)
    {
        uint upload = (await device.CallAsync("beginUpload", $$"""{"length":{{file.Length}},"name":"triangle.gltf"}"""))
            .GetProperty("upload").GetUInt32();
        foreach (byte[] chunk in file.Chunk(200))
        {
            await device.Link.SendBinaryAsync(2, upload, ++device.LastId, chunk);
            Assert.Equal("{}", (await device.Link.ReceiveAnswerAsync(device.LastId)).GetProperty("result").GetRawText());
        }

        return upload;
    }
}
