using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

public class BindingLifetimeTests
{
    private static void ReleaseOnDisconnect(RenderingHostOptions behavior) => behavior.ReleaseOnDisconnect = true;

    [Fact]
    public async Task LinkLost_WithinGrace_SameDeviceResumes()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("linkLost");

        await host.Time.PassAsync(TimeSpan.FromSeconds(59.999));
        JsonElement bound = await host.Connect("a").BindAsync(epoch: 1);

        Assert.True(bound.GetProperty("resumed").GetBoolean());
        await host.Time.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Empty(host.Events("bindingEnded"));
    }

    [Fact]
    public async Task LinkLost_GraceOver_SceneGoneAndDeviceBindsAnew()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("linkLost");

        await host.Time.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("graceOver", Assert.Single(host.Events("bindingEnded"))["cause"]);
        JsonElement bound = await host.Connect("a").BindAsync(epoch: 1);

        Assert.Equal(2, bound.GetProperty("epoch").GetInt64());
        Assert.False(bound.GetProperty("resumed").GetBoolean());
        Assert.False(bound.GetProperty("sceneKept").GetBoolean());
    }

    [Fact]
    public async Task GraceOver_SessionReserved_OtherDeviceStillRefused()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromMinutes(2));

        JsonElement error = await host.Connect("b").BindRefusedAsync();

        Assert.Equal(1203, error.GetProperty("code").GetInt32());
        Assert.False(error.GetProperty("data").TryGetProperty("retryAfterMs", out _));
    }

    [Fact]
    [Trait("Museum", "M03")]
    public async Task GraceOver_ReleaseOnDisconnect_OtherDeviceIsToldWhenAndThenGetsIt()
    {
        await using var host = new HostFixture(ReleaseOnDisconnect);
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromSeconds(10));

        JsonElement error = await host.Connect("b").BindRefusedAsync();
        long retryAfter = error.GetProperty("data").GetProperty("retryAfterMs").GetInt64();
        Assert.Equal(50_000, retryAfter);
        await host.Time.PassAsync(TimeSpan.FromMilliseconds(retryAfter));

        Assert.Equal(2, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Refusal_ReleaseOnDisconnectAndHolderSilent_SaysTheGhostBound()
    {
        await using var host = new HostFixture(ReleaseOnDisconnect);
        await host.BindAsync("ghost");
        await host.Time.PassAsync(TimeSpan.FromSeconds(7));

        JsonElement error = await host.Connect("b").BindRefusedAsync();
        long retryAfter = error.GetProperty("data").GetProperty("retryAfterMs").GetInt64();
        Assert.Equal(8_000 + 60_000, retryAfter);
        await host.Time.PassAsync(TimeSpan.FromMilliseconds(retryAfter));

        Assert.Equal(2, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Refusal_ReleaseOnDisconnectAndHolderAlive_IsFinal()
    {
        await using var host = new HostFixture(ReleaseOnDisconnect);
        await host.BindAsync("a");

        JsonElement error = await host.Connect("b").BindRefusedAsync();

        Assert.False(error.GetProperty("data").TryGetProperty("retryAfterMs", out _));
    }

    [Fact]
    [Trait("Museum", "M18")]
    public async Task Unbind_ReleaseOnDisconnect_OtherDeviceBindsAtOnce()
    {
        await using var host = new HostFixture(ReleaseOnDisconnect);
        TestDevice device = await host.BindAsync("a");
        JsonElement answer = await device.CallAsync(1, "unbind");
        Assert.Equal("{}", answer.GetProperty("result").GetRawText());
        await device.ExpectCloseAsync(1000);

        Assert.Equal(2, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Unbind_SessionReserved_OtherRefusedAndSameDeviceBindsAnew()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        await device.CallAsync(1, "unbind");
        await device.ExpectCloseAsync(1000);

        Assert.Equal(1203, (await host.Connect("b").BindRefusedAsync()).GetProperty("code").GetInt32());
        JsonElement bound = await host.Connect("a").BindAsync(epoch: 1);
        Assert.Equal(2, bound.GetProperty("epoch").GetInt64());
        Assert.False(bound.GetProperty("sceneKept").GetBoolean());
    }

    [Fact]
    public async Task Grace_SetToZero_LostLinkEndsTheBindingAtOnce()
    {
        await using var host = new HostFixture(behavior => behavior.ResumeGrace = TimeSpan.Zero);
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("bindingEnded");

        Assert.False((await host.Connect("a").BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task ClientClosesWithoutUnbind_BindingLivesOn()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        await device.CloseAsync();
        await host.UntilAsync("linkLost");

        Assert.Equal("closed", Assert.Single(host.Events("linkLost"))["cause"]);
        Assert.True((await host.Connect("a").BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Theory]
    [InlineData(HostSessionPhase.Stopped, "SessionStopped")]
    [InlineData(HostSessionPhase.Expired, "LeaseExpired")]
    [InlineData(HostSessionPhase.Failed, "SessionFailed")]
    internal async Task SessionEnds_LinkGetsGoodbyeAndIsClosed(HostSessionPhase phase, string reason)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");

        host.Sessions.Set(HostFixture.Session, phase);

        JsonElement goodbye = await device.ExpectGoodbyeAsync(reason);
        Assert.False(goodbye.GetProperty("comeBack").GetBoolean());
        Assert.Equal(0, goodbye.GetProperty("afterMs").GetInt64());
        await device.ExpectCloseAsync(1000);
        Assert.Equal(1205, (await host.Connect("a").BindRefusedAsync(epoch: 1)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task SessionEnds_HostKeepsNothingOfIt()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        host.Sessions.Set(HostFixture.Session, HostSessionPhase.Stopped);
        await device.ExpectGoodbyeAsync("SessionStopped");
        await device.ExpectCloseAsync(1000);
        await host.Connect("a").BindRefusedAsync(epoch: 1);

        Assert.Equal(0, host.Engine.KnownSessions);
    }

    [Fact]
    public async Task LeaseRunsOut_LinkIsCutAtThatMoment()
    {
        await using var host = new HostFixture();
        host.Sessions.AddReady(HostFixture.Session, TimeSpan.FromSeconds(12));
        TestDevice device = await host.BindAsync("a");

        await host.Time.PassAsync(TimeSpan.FromSeconds(11.999));
        Assert.Empty(host.Events("bindingEnded"));
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        Assert.Equal("LeaseExpired", Assert.Single(host.Events("bindingEnded"))["cause"]);
        await device.SkipKeepAlivesAsync();
        await device.ExpectCloseAsync(1000);
    }

    [Fact]
    public async Task LeaseExtended_LinkLivesOn()
    {
        await using var host = new HostFixture(behavior => behavior.DeadAfter = TimeSpan.FromHours(1));
        host.Sessions.AddReady(HostFixture.Session, TimeSpan.FromSeconds(12));
        await host.BindAsync("a");
        host.Sessions.AddReady(HostFixture.Session, TimeSpan.FromSeconds(30));

        await host.Time.PassAsync(TimeSpan.FromSeconds(29.999));
        Assert.Empty(host.Events("bindingEnded"));
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        Assert.Single(host.Events("bindingEnded"));
    }

    [Fact]
    public async Task SessionEnds_WhileDeviceIsAway_BindingEndsWithoutWaitingForGrace()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        device.Cut();
        await host.UntilAsync("linkLost");

        host.Sessions.Set(HostFixture.Session, HostSessionPhase.Stopped);

        Assert.Equal("SessionStopped", Assert.Single(host.Events("bindingEnded"))["cause"]);
    }

    [Fact]
    public async Task HostDisposed_WhileADeviceBinds_LeavesNoTimerBehind()
    {
        var host = new HostFixture();
        (await host.BindAsync("a")).Cut();
        await host.UntilAsync("linkLost");
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        host.Sessions.OnNextFind = () =>
        {
            reached.SetResult();
            release.Wait(TestDevice.Patience);
        };
        Task bind = Task.Run(() => host.Connect("a").SendBindAsync());
        await reached.Task.WaitAsync(TestDevice.Patience);

        Task disposal = host.DisposeAsync().AsTask();
        await Quiescence.WaitAsync(blocked: 1);

        release.Set();
        await disposal.WaitAsync(TestDevice.Patience);
        await bind;
    }
}
