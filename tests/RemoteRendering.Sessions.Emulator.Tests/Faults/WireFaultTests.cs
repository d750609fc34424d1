using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Faults;

public class WireFaultTests
{
    [Fact]
    public async Task Cut_BoundLink_BothEndsLoseItAndBindingIsKept()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        host.HostFaults.Cut();

        await device.ExpectLostAsync();
        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Cut_OneSession_OthersLive()
    {
        await using var host = new HostFixture();
        host.Sessions.AddReady("t", TimeSpan.FromHours(1));
        TestDevice first = await host.BindAsync("a");
        TestDevice second = host.Connect("b");
        await second.SendBindAsync(session: "t");
        await second.ReceiveAsync();

        host.HostFaults.Cut("t");

        await second.ExpectLostAsync();
        await first.CallAsync(1);
    }

    [Fact]
    public async Task HalfOpen_Both_FramesVanishAndDeathOfTheClientIsNotNoticed()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.GoHalfOpen();
        await device.RequestAsync(1);
        device.Cut();

        await host.Time.PassAsync(TimeSpan.FromSeconds(14.999));
        Assert.Empty(host.Events("linkLost"));
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        Assert.Equal("dead", Assert.Single(host.Events("linkLost"))["cause"]);
        Assert.Empty(host.Events("requestStarted"));
    }

    [Fact]
    public async Task HalfOpen_ToHost_ClientStillHearsTheHost()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.GoHalfOpen(HostFaultDirection.ToHost);
        await device.RequestAsync(1);

        await host.Time.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("keepAlive", (await device.ReceiveAsync()).GetProperty("method").GetString());
        await host.Time.PassAsync(TimeSpan.FromSeconds(10));
        await device.SkipKeepAlivesAsync();

        await device.ExpectCloseAsync(4408);
    }

    [Fact]
    public async Task HalfOpen_ToClient_HostStillHearsTheClient()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.GoHalfOpen(HostFaultDirection.ToClient);
        await device.RequestAsync(1);
        await host.UntilAsync("requestFinished");

        TestDevice back = host.Connect();
        await back.BindAsync(epoch: 1);

        Assert.Equal(1, (await back.CallAsync(1)).GetProperty("id").GetInt64());
        Assert.Single(host.Events("requestStarted"));
    }

    [Fact]
    public async Task HalfOpen_SameDeviceReturns_ResumesAtOnce()
    {
        await using var host = new HostFixture();
        await host.BindAsync();
        host.HostFaults.GoHalfOpen();

        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact(Timeout = 60_000)]
    public async Task Delay_BothWays_AnswerComesAfterBoth()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.Delay(TimeSpan.FromMilliseconds(300));
        await device.RequestAsync(1);
        await device.RequestAsync(2);
        await host.Time.WaitForTimersAsync(3);

        await host.Time.PassAsync(TimeSpan.FromMilliseconds(299));
        Assert.Empty(host.Events("requestStarted"));
        await host.Time.PassAsync(TimeSpan.FromMilliseconds(1));
        await host.UntilAsync("requestFinished", 2);
        await host.Time.WaitForTimersAsync(3);
        Task<JsonElement> answer = device.ReceiveAsync();
        await host.Time.PassAsync(TimeSpan.FromMilliseconds(299));
        Assert.False(answer.IsCompleted);
        await host.Time.PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, (await answer).GetProperty("id").GetInt64());
        Assert.Equal(2, (await device.ReceiveAsync()).GetProperty("id").GetInt64());
        host.HostFaults.Delay(TimeSpan.Zero);
        await device.CallAsync(3);
    }

    [Fact]
    public async Task Hold_OldLink_FramesThatArriveAfterTheNewLinkHaveNoEffect()
    {
        await using var host = new HostFixture();
        TestDevice old = await host.BindAsync();
        host.HostFaults.Hold(HostFaultDirection.ToHost);
        await old.RequestAsync(1, "echo", "\"old\"");
        TestDevice fresh = host.Connect();
        await fresh.BindAsync(epoch: 1);

        host.HostFaults.Release();
        await host.UntilAsync("frameFenced");

        Assert.Equal("\"new\"", (await fresh.CallAsync(1, "echo", "\"new\"")).GetProperty("result").GetRawText());
        Assert.Single(host.Events("requestStarted"));
    }

    [Fact]
    public async Task Truncate_NextFrame_LinkBreaksWithoutAWholeMessage()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.TruncateNext();
        await device.RequestAsync(1);

        await device.ExpectLostAsync();
        TestDevice back = host.Connect();
        Assert.Equal(1, (await back.BindAsync(epoch: 1)).GetProperty("received").GetInt64());
    }

    [Fact]
    public async Task Inject_Garbage_ReachesTheClientAsItStands()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.Inject("{\"half\":");

        HostMessage message = await device.ReceiveMessageAsync();
        Assert.Equal("{\"half\":"u8.ToArray(), message.Payload.ToArray());
    }

    [Fact]
    public async Task Close_WithACode_ClientSeesItAndBindingIsKept()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();
        host.HostFaults.Close(1011);
        await device.ExpectCloseAsync(1011);

        Assert.True((await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task RefuseBinds_NextTwo_ThirdGetsThrough()
    {
        await using var host = new HostFixture();
        host.HostFaults.RefuseBinds(2, HostRefusalReason.TooManyRequests, TimeSpan.FromSeconds(1.5));

        JsonElement error = await host.Connect().BindRefusedAsync();
        Assert.Equal(1503, error.GetProperty("code").GetInt32());
        Assert.Equal(1500, error.GetProperty("data").GetProperty("retryAfterMs").GetInt64());
        await host.Connect().BindRefusedAsync();
        await host.Connect().BindAsync();
    }

    [Fact]
    public async Task DropAfterAccept_NextLink_IsLostBeforeItsBind()
    {
        await using var host = new HostFixture();
        host.HostFaults.DropAfterAccept(1);

        TestDevice device = host.Connect();
        await device.SendBindAsync();
        await device.ExpectLostAsync();

        await host.Connect().BindAsync();
        Assert.Equal(1, host.HostFaults.BindCount);
    }

    [Fact]
    public async Task CutAfterBind_EveryLink_LivesThatLong()
    {
        await using var host = new HostFixture();
        host.HostFaults.CutAfterBind(TimeSpan.FromMilliseconds(50));
        for (int link = 1; link <= 3; link++)
        {
            TestDevice device = host.Connect();
            Assert.Equal(link, (await device.BindAsync(epoch: link == 1 ? 0 : 1)).GetProperty("link").GetInt32());
            await host.Time.PassAsync(TimeSpan.FromMilliseconds(49));
            Assert.Equal(link - 1, host.Events("linkLost").Count());
            await host.Time.PassAsync(TimeSpan.FromMilliseconds(1));
            await device.ExpectLostAsync();
            await host.UntilAsync("linkLost", link);
        }
    }

    [Fact]
    public async Task Crash_BindingAndSceneGone_EpochStillGrowsAndSessionStaysReserved()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync("a");
        await device.CallAsync(1);

        host.HostFaults.Crash();

        await device.ExpectLostAsync();
        Assert.Equal(1203, (await host.Connect("b").BindRefusedAsync()).GetProperty("code").GetInt32());
        JsonElement bound = await host.Connect("a").BindAsync(epoch: 1);
        Assert.Equal(2, bound.GetProperty("epoch").GetInt64());
        Assert.False(bound.GetProperty("sceneKept").GetBoolean());
        Assert.Equal(0, bound.GetProperty("received").GetInt64());
    }

    [Fact]
    public async Task Crash_AFrameArrivesInTheMiddleOfIt_IsNotAnsweredAndTheLinkIsCut()
    {
        var feature = new CrashWatcher();
        await using var host = new HostFixture(null, feature);
        host.Sessions.AddReady("t", TimeSpan.FromHours(1));
        var devices = new Dictionary<string, TestDevice> { ["s"] = host.Connect(), ["t"] = host.Connect() };
        var links = new Dictionary<string, HostConnection>();
        foreach ((string session, TestDevice device) in devices)
        {
            await device.SendBindAsync(session: session);
            await device.ReceiveAsync();
            links[session] = host.Engine.Connections.Single(connection => connection.SessionId == session);
        }

        string? first = null;
        feature.OnEnded = binding =>
        {
            if (first is null)
            {
                first = binding.SessionId;
                return;
            }

            // The first session has crashed, its link is there still: what arrives now comes to a host that is dying.
            for (int frame = 1; frame <= 2; frame++)
            {
                host.Time.AdvanceAlone(TimeSpan.FromSeconds(1));
                _ = devices[first].RequestAsync(frame);
                Assert.True(SpinWait.SpinUntil(() => links[first].Silence == TimeSpan.Zero, TestDevice.Patience));
            }
        };
        host.HostFaults.Crash();

        Assert.NotNull(first);
        await devices[first].ExpectLostAsync();
        Assert.Empty(host.Events("frameFenced"));
    }

    private sealed class CrashWatcher : IHostFeature
    {
        public Action<HostBinding>? OnEnded { get; set; }

        public string? Name => null;

        public IReadOnlyCollection<string> Methods => [];

        public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => throw new NotSupportedException();

        public void OnBindingEnded(HostBinding binding) => OnEnded?.Invoke(binding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restart_GoodbyeSaysWhetherComingBackMakesSense(bool comeBack)
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        host.HostFaults.Restart(TimeSpan.FromSeconds(2), comeBack);

        JsonElement goodbye = await device.ExpectGoodbyeAsync("Maintenance");
        Assert.Equal(comeBack, goodbye.GetProperty("comeBack").GetBoolean());
        Assert.Equal(comeBack, goodbye.TryGetProperty("retryAfterMs", out _));
        await device.ExpectCloseAsync(1000);
        Assert.Equal(503, host.HostFaults.RefuseUpgrade()!.StatusCode);
        await host.Time.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Null(host.HostFaults.RefuseUpgrade());
        Assert.Equal(comeBack, (await host.Connect().BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task AnnounceRestart_IsToldToEveryBoundDeviceAndHappensThen()
    {
        await using var host = new HostFixture();
        TestDevice device = await host.BindAsync();

        host.HostFaults.AnnounceRestart(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2));

        JsonElement goodbye = await device.ExpectGoodbyeAsync("Maintenance");
        Assert.Equal((4000, 6000), (goodbye.GetProperty("afterMs").GetInt32(), goodbye.GetProperty("retryAfterMs").GetInt32()));
        await device.CallAsync(1);
        await host.Time.PassAsync(TimeSpan.FromSeconds(1));
        TestDevice back = host.Connect();
        await back.BindAsync(epoch: 1);
        Assert.Equal(3000, (await back.ExpectGoodbyeAsync("Maintenance")).GetProperty("afterMs").GetInt32());
        await host.Time.PassAsync(TimeSpan.FromSeconds(3));

        goodbye = await back.ExpectGoodbyeAsync("Maintenance");
        Assert.Equal((0, 2000), (goodbye.GetProperty("afterMs").GetInt32(), goodbye.GetProperty("retryAfterMs").GetInt32()));
        await back.ExpectCloseAsync(1000);
        Assert.Equal(503, host.HostFaults.RefuseUpgrade()!.StatusCode);
        await host.Time.PassAsync(TimeSpan.FromSeconds(2));
        TestDevice again = host.Connect();
        Assert.True((await again.BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
        await again.CallAsync(2);
    }

    [Fact]
    public void Plan_SameSeed_SameFaults()
    {
        var plan = new HostFaultPlan(7) { Cut = 0.1, Truncate = 0.1, HalfOpen = 0.1, Delay = 0.5 };

        Assert.Equal(Draw(plan), Draw(new HostFaultPlan(7) { Cut = 0.1, Truncate = 0.1, HalfOpen = 0.1, Delay = 0.5 }));
        Assert.NotEqual(Draw(plan), Draw(new HostFaultPlan(8) { Cut = 0.1, Truncate = 0.1, HalfOpen = 0.1, Delay = 0.5 }));
        Assert.Contains(Draw(plan), fate => fate.Fault == LaneFault.Cut);
    }

    [Fact]
    public void Plan_OneProbabilityChanged_OtherFramesKeepTheirFate()
    {
        (LaneFault Fault, TimeSpan Delay)[] without = Draw(new HostFaultPlan(7) { Cut = 0.2 });
        (LaneFault Fault, TimeSpan Delay)[] with = Draw(new HostFaultPlan(7) { Cut = 0.2, Delay = 0.5 });

        Assert.Equal(without.Select(fate => fate.Fault), with.Select(fate => fate.Fault));
    }

    [Fact]
    public async Task Plan_LinksUnderRandomFaults_SameDeviceAlwaysGetsBackAndEveryRequestRunsOnce()
    {
        await using var host = new HostFixture();
        host.HostFaults.UsePlan(new HostFaultPlan(20261124) { Cut = 0.1, Truncate = 0.05 });
        long epoch = 0;
        long answered = 0;
        while (answered < 200)
        {
            TestDevice device = host.Connect();
            await device.SendBindAsync(epoch, answered: answered);
            HostMessage message = await device.ReceiveMessageAsync();
            if (message.Kind != HostMessageKind.Text)
            {
                continue;
            }

            JsonElement bound = JsonDocument.Parse(message.Payload).RootElement.GetProperty("result");
            if (!bound.GetProperty("resumed").GetBoolean())
            {
                answered = 0;
            }

            epoch = bound.GetProperty("epoch").GetInt64();
            do
            {
                await device.RequestAsync(answered + 1);
                message = await device.ReceiveMessageAsync();
                answered += message.Kind == HostMessageKind.Text ? 1 : 0;
            }
            while (message.Kind == HostMessageKind.Text && answered < 200);
        }

        Assert.All(
            host.Events("requestStarted").GroupBy(started => (started["epoch"], started["id"])),
            runs => Assert.Single(runs));
        Assert.NotEmpty(host.Events("fault"));
    }

    private static (LaneFault Fault, TimeSpan Delay)[] Draw(HostFaultPlan plan)
    {
        var lane = new LinkLane();
        lane.SetPlan(plan, plan.CreateRandom(link: 3, lane: 1));
        return [.. Enumerable.Range(0, 200).Select(_ => (lane.Draw(out TimeSpan delay), delay))];
    }
}
