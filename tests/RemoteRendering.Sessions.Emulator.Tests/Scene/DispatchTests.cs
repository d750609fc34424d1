using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene;

/// <summary>
/// What a feature lists and what it answers is the same: a name that is only listed is an error, never the answer of another method.
/// </summary>
public class DispatchTests
{
    public static TheoryData<string> Features => ["scene", "upload", "frames"];

    [Theory]
    [MemberData(nameof(Features))]
    public async Task Invoke_MethodThatIsOnlyListed_IsAnError(string feature)
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();
        IHostFeature listed = Parts(scene).Single(item => item.Name == feature);
        await using var host = new HostFixture(null, new WithOneMore(listed, "unheardOf"));
        TestDevice device = host.Connect();
        await device.BindAsync();

        await device.RequestAsync(1, "unheardOf", """{"upload":1,"preview":1}""");
        JsonElement answer = await device.ReceiveAsync();

        JsonElement error = answer.GetProperty("error");
        Assert.Equal(-32603, error.GetProperty("code").GetInt32());
        Assert.Contains("'unheardOf'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_EachListedMethodWithoutParameters_IsAnsweredByItself()
    {
        await using SceneFixture scene = await SceneFixture.StartAsync();

        foreach (string method in Parts(scene).SelectMany(static feature => feature.Methods))
        {
            // Only this one needs no parameters; what another method misses has a name.
            JsonElement answer = await scene.AnswerAsync(method, "{}");
            Assert.Equal(method == "performance", answer.TryGetProperty("result", out _));
        }
    }

    private static IEnumerable<IHostFeature> Parts(SceneFixture scene) => [scene.Feature, .. ((IHostFeature)scene.Feature).Parts];

    /// <summary>A feature that lists a method more than it has.</summary>
    private sealed class WithOneMore(IHostFeature feature, string method) : IHostFeature
    {
        public string? Name => feature.Name;

        public IReadOnlyCollection<string> Methods { get; } = [.. feature.Methods, method];

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => feature.InvokeAsync(request);

        public void OnBindingEnded(HostBinding binding) => feature.OnBindingEnded(binding);
    }
}
