using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host.Scene;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

/// <summary>A host with scenes and one bound device, which counts its requests.</summary>
internal sealed class SceneFixture : IAsyncDisposable
{
    private long _lastId;

    private SceneFixture(Action<EmulatorSceneOptions>? configure)
    {
        configure?.Invoke(Behavior);
        Feature = EmulatorScenes.Create(Behavior, _ => Size, Time);
        Host = new HostFixture(null, Behavior.HasScene ? [Feature] : []);
    }

    public EmulatorSceneOptions Behavior { get; } = new();

    /// <summary>Gets the clock of the scenes; that of the host is its own.</summary>
    public VirtualTimeProvider Time { get; } = new();

    public SessionSize Size { get; set; }

    public SceneFeature Feature { get; }

    public SceneHost Scenes => Feature.Host;

    public HostFixture Host { get; }

    public TestDevice Device { get; private set; } = null!;

    public JsonElement Bound { get; private set; }

    /// <summary>Gets the values of the progress that came so far.</summary>
    public List<double> Progress { get; } = [];

    public static async Task<SceneFixture> StartAsync(Action<EmulatorSceneOptions>? configure = null)
    {
        var fixture = new SceneFixture(configure);
        fixture.Device = fixture.Host.Connect();
        fixture.Bound = await fixture.Device.BindAsync();
        return fixture;
    }

    /// <summary>Sends a batch and gives its answer.</summary>
    public async Task<JsonElement> SendAsync(BatchBuilder batch)
    {
        await Device.SendBinaryAsync(batch.ToFrame(++_lastId));
        return (await ReceiveAsync()).GetProperty("result");
    }

    /// <summary>Sends a batch that must be taken as a whole.</summary>
    public async Task ApplyAsync(BatchBuilder batch) => Assert.Equal("{}", (await SendAsync(batch)).GetRawText());

    public async Task<JsonElement> CallAsync(string method, string parameters = "{}")
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("result", out JsonElement result), answer.ToString());
        return result;
    }

    /// <summary>Calls something that must be refused; gives the error.</summary>
    public async Task<JsonElement> RefusedAsync(int code, string method, string parameters = "{}")
    {
        JsonElement answer = await AnswerAsync(method, parameters);
        Assert.True(answer.TryGetProperty("error", out JsonElement error), answer.ToString());
        Assert.True(code == error.GetProperty("code").GetInt32(), error.ToString());
        return error;
    }

    public async Task<JsonElement> AnswerAsync(string method, string parameters)
    {
        await Device.RequestAsync(++_lastId, method, parameters);
        return await ReceiveAsync();
    }

    public long NextId() => ++_lastId;

    /// <summary>Receives the answer to the last request; progress before it is noted.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        while (true)
        {
            JsonElement frame = await Device.ReceiveAsync();
            if (frame.TryGetProperty("id", out JsonElement id))
            {
                Assert.Equal(_lastId, id.GetInt64());
                return frame;
            }

            Assert.Equal("progress", frame.GetProperty("method").GetString());
            Progress.Add(frame.GetProperty("params").GetProperty("value").GetDouble());
        }
    }

    /// <summary>Loads a built-in model and gives its root.</summary>
    public async Task<uint> LoadAsync(string name, uint parent = 0) =>
        (await CallAsync("loadModel", $$"""{"uri":"builtin://{{name}}","parent":{{parent}}}""")).GetProperty("root").GetUInt32();

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Feature.DisposeAsync();
        Assert.Equal(0, Time.PendingTimers);
    }
}
