using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

/// <summary>What a host makes of its features.</summary>
public sealed class FeatureTests
{
    [Theory]
    [InlineData("echo")]
    [InlineData("bind")]
    [InlineData("unbind")]
    [InlineData("more")]
    public void Create_TwoFeaturesOrTheProtocolHaveTheMethod_Refused(string method)
    {
        IHostFeature[] features = [new FakeFeature(["more"], []), new FakeFeature([method], [])];

        Assert.Contains($"'{method}'", Assert.Throws<ArgumentException>(() => Create(features)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(3)]
    public void Create_TwoFeaturesOrTheProtocolHaveTheKind_Refused(byte kind)
    {
        IHostFeature[] features = [new FakeFeature([], [3]), new FakeFeature([], [kind])];

        Assert.Contains($"kind {kind} ", Assert.Throws<ArgumentException>(() => Create(features)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Core_AMethodMoreIsListed_IsNotAnsweredAsAnother()
    {
        await using var host = new HostFixture(null, new OneMethodMore());
        TestDevice device = await host.BindAsync();

        JsonElement error = (await device.CallAsync(1, "more")).GetProperty("error");

        Assert.Equal(-32601, error.GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Core_EveryMethodThatIsListed_IsAnswered()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        long id = 0;

        foreach (string method in new CoreHostFeature(host.Engine).Methods)
        {
            Assert.True((await device.CallAsync(++id, method)).TryGetProperty("result", out _), method);
        }

        Assert.Equal(2, id);
    }

    [Fact]
    public async Task Binary_AKindThatTheProtocolDoesNotName_IsRunByItsFeature()
    {
        var feature = new FakeFeature([], [3]);
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();

        await device.SendBinaryAsync(RemoteRendering.Sessions.Host.Messages.HostBinaryFrame.Write(3, 5, 1, [1, 2]).Bytes);

        Assert.Equal("{}", (await device.ReceiveAsync()).GetProperty("result").GetRawText());
        Assert.Equal("binary", Assert.Single(host.Events("requestStarted"))["method"]);
    }

    private static RenderingHost Create(IHostFeature[] features) => new(new FakeHostSessions(TimeProvider.System), features);

    private sealed class FakeFeature(string[] methods, byte[] kinds) : IHostFeature
    {
        public string Name => "fake";

        public IReadOnlyCollection<string> Methods => methods;

        public IReadOnlyCollection<byte> BinaryKinds => kinds;

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => new(HostAnswer.Empty);
    }

    /// <summary>Answers as the core does, and lists a method more.</summary>
    private sealed class OneMethodMore : IHostFeature
    {
        private readonly CoreHostFeature _core = new(null!);

        public string? Name => null;

        public IReadOnlyCollection<string> Methods => ["more"];

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => _core.InvokeAsync(request);
    }
}
