using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>
/// A bound device that counts its requests and writes batches. The numbers of bytes are little-endian, as on every machine that runs this
/// suite.
/// </summary>
internal sealed class SceneDevice : IDisposable
{
    private SceneDevice(DeviceLink link, Binding binding)
    {
        Link = link;
        Binding = binding;
    }

    public DeviceLink Link { get; }

    public Binding Binding { get; }

    public long LastId { get; set; }

    /// <summary>Binds; the case is skipped where the host has no such feature.</summary>
    public static async Task<SceneDevice> StartAsync(HostUnderTest host, string feature)
    {
        DeviceLink link = await host.OpenAsync();
        Binding binding = await link.BindAsync();
        if (!binding.Features.Contains(feature))
        {
            await link.LeaveAsync(1);
            link.Dispose();
            Assert.Skip($"The host has no '{feature}'.");
        }

        return new SceneDevice(link, binding);
    }

    public static byte[] Create(uint id, uint parent = 0) => [1, 0, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(parent)];

    public static byte[] Destroy(uint id) => [2, 0, .. BitConverter.GetBytes(id)];

    public static byte[] Parent(uint id, uint parent) => [3, 0, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(parent)];

    public static byte[] Move(uint id, double x, double y, double z) =>
        [4, 1, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes(x), .. BitConverter.GetBytes(y), .. BitConverter.GetBytes(z)];

    public static byte[] Enable(uint id, bool value) => [5, value ? (byte)1 : (byte)0, .. BitConverter.GetBytes(id)];

    public static byte[] Name(uint id, string name) =>
        [
            6, 0, .. BitConverter.GetBytes(id), .. BitConverter.GetBytes((ushort)Encoding.UTF8.GetByteCount(name)),
            .. Encoding.UTF8.GetBytes(name)
        ];

    public Task SendBatchAsync(long id, params byte[][] writes)
        => Link.SendBinaryAsync(1, (uint)writes.Length, id, [.. writes.SelectMany(write => write)]);

    /// <summary>Sends a batch and gives its result.</summary>
    public async Task<JsonElement> BatchAsync(params byte[][] writes)
    {
        await SendBatchAsync(++LastId, writes);
        return (await Link.ReceiveAnswerAsync(LastId)).GetProperty("result");
    }

    public async Task<JsonElement> CallAsync(string method, string parameters)
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("result", out JsonElement result), answer.ToString());
        return result;
    }

    public async Task RefusedAsync(int code, string method, string parameters)
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("error", out JsonElement error), answer.ToString());
        Assert.Equal(code, error.GetProperty("code").GetInt32());
    }

    public async Task<uint> LoadEngineAsync(uint parent = 0) =>
        (await CallAsync("loadModel", $$"""{"uri":"builtin://Engine","parent":{{parent}}}""")).GetProperty("root").GetUInt32();

    public Task LeaveAsync() => Link.LeaveAsync(++LastId);

    public void Dispose() => Link.Dispose();

    private async Task<JsonElement> AnswerAsync(string method, string parameters)
    {
        await Link.RequestAsync(++LastId, method, parameters);
        return await Link.ReceiveAnswerAsync(LastId);
    }
}
