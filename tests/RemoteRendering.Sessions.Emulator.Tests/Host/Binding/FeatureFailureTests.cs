using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

/// <summary>A feature that throws harms no binding, and the journal names it.</summary>
public sealed class FeatureFailureTests
{
    [Fact]
    public async Task Invoke_Throws_IsAnErrorAndInTheJournal()
    {
        await using var host = new HostFixture(null, new OneMethodFeature(static _ => throw new FormatException("Broken.")));
        TestDevice device = await host.BindAsync();

        JsonElement error = (await device.CallAsync(1, "work")).GetProperty("error");

        Assert.Equal(-32603, error.GetProperty("code").GetInt32());
        AssertFailure(host, nameof(FormatException));
        Assert.True((await device.CallAsync(2)).TryGetProperty("result", out _));
    }

    [Fact]
    public async Task Invoke_IsCancelled_IsNoFailure()
    {
        await using var host = new HostFixture(null, new OneMethodFeature(static _ => throw new OperationCanceledException()));
        TestDevice device = await host.BindAsync();

        Assert.True((await device.CallAsync(1, "work")).TryGetProperty("error", out _));

        Assert.Empty(host.Events("featureFailed"));
    }

    [Fact]
    public async Task OnResumed_Throws_TheDeviceHasItsBindingAgain()
    {
        var feature = new OneMethodFeature(static _ => HostAnswer.Empty);
        await using var host = new HostFixture(null, feature);
        TestDevice device = await host.BindAsync();
        device.Cut();
        await host.UntilAsync("linkLost");
        feature.OnChange = new FormatException("Broken.");

        TestDevice back = host.Connect();
        Assert.True((await back.BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());

        AssertFailure(host, nameof(FormatException));
        Assert.True((await back.CallAsync(1, "work")).TryGetProperty("result", out _));
        feature.OnChange = null;
    }

    [Fact]
    public async Task OnBindingEnded_Throws_TheSessionIsFreeAndLaterFeaturesAreCalled()
    {
        var feature = new OneMethodFeature(static _ => HostAnswer.Empty) { OnChange = new FormatException("Broken.") };
        await using var host = new HostFixture(static options => options.ReleaseOnDisconnect = true, feature);
        TestDevice device = await host.BindAsync();

        await device.RequestAsync(1, "unbind");
        await host.UntilAsync("bindingEnded");

        AssertFailure(host, nameof(FormatException));
        Assert.Equal(2, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
        feature.OnChange = null;
    }

    private static void AssertFailure(HostFixture host, string error)
    {
        HostFixtureEvent failure = Assert.Single(host.Events("featureFailed"));
        Assert.Equal("one", failure["feature"]);
        Assert.Equal(error, failure["error"]);
        Assert.Equal(1L, failure["epoch"]);
    }
}
