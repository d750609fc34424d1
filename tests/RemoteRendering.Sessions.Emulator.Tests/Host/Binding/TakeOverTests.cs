using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

public class TakeOverTests
{
    private static void AllowTakeOver(RenderingHostOptions behavior) => behavior.AllowTakeOver = true;

    [Fact]
    public async Task TakeOver_NotAllowed_Refused()
    {
        await using var host = new HostFixture();
        await host.BindAsync("a");

        Assert.Equal(1203, (await host.Connect("b").BindRefusedAsync(takeOver: true)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task TakeOver_Allowed_HolderIsFencedOut()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");

        JsonElement bound = await host.Connect("b").BindAsync(takeOver: true);

        Assert.Equal(2, bound.GetProperty("epoch").GetInt64());
        JsonElement goodbye = await holder.ExpectGoodbyeAsync("TakenOver");
        Assert.Equal(0, goodbye.GetProperty("afterMs").GetInt64());
        await holder.ExpectCloseAsync(4409);
        Assert.Equal(1203, (await host.Connect("a").BindRefusedAsync(epoch: 1)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task TakeOver_WithDrain_HolderWorksUntilItIsOver()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 3000);

        JsonElement goodbye = await holder.ExpectGoodbyeAsync("TakenOver");
        Assert.Equal(3000, goodbye.GetProperty("afterMs").GetInt64());
        await host.Time.PassAsync(TimeSpan.FromSeconds(2.999));
        Assert.Equal("7", (await holder.CallAsync(1, "echo", "7")).GetProperty("result").GetRawText());
        await host.Time.PassAsync(TimeSpan.FromSeconds(0.001));

        Assert.Equal(2, (await taker.ReceiveAsync()).GetProperty("result").GetProperty("epoch").GetInt64());
        await holder.ExpectGoodbyeAsync("TakenOver");
        await holder.ExpectCloseAsync(4409);
    }

    [Fact]
    public async Task TakeOver_HolderBindsAnewDuringDrain_IsToldWhatIsLeft()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        await host.Connect("b").SendBindAsync(takeOver: true, drainMs: 3000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        await host.Time.PassAsync(TimeSpan.FromSeconds(1));

        TestDevice anew = host.Connect("a");
        Assert.Equal(2, (await anew.BindAsync(epoch: 0)).GetProperty("epoch").GetInt64());

        Assert.Equal(2000, (await anew.ExpectGoodbyeAsync("TakenOver")).GetProperty("afterMs").GetInt64());
    }

    [Fact]
    public async Task TakeOver_ThirdDeviceDuringDrain_ToldWhenToComeBack()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        await host.Connect("b").SendBindAsync(takeOver: true, drainMs: 3000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        await host.Time.PassAsync(TimeSpan.FromSeconds(1));

        JsonElement error = await host.Connect("c").BindRefusedAsync(takeOver: true);

        Assert.Equal(2000, error.GetProperty("data").GetProperty("retryAfterMs").GetInt64());
    }

    [Fact]
    public async Task TakeOver_HolderLeavesDuringDrain_TakerGetsItAtOnce()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 60_000);
        await holder.ExpectGoodbyeAsync("TakenOver");

        await holder.CallAsync(1, "unbind");

        Assert.Equal(2, (await taker.ReceiveAsync()).GetProperty("result").GetProperty("epoch").GetInt64());
        await holder.ExpectCloseAsync(1000);
    }

    [Fact]
    public async Task TakeOver_HolderResumesDuringDrain_IsToldWhatIsLeft()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 4000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        holder.Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromSeconds(1));

        TestDevice back = host.Connect("a");
        Assert.True((await back.BindAsync(epoch: 1)).GetProperty("resumed").GetBoolean());
        Assert.Equal(3000, (await back.ExpectGoodbyeAsync("TakenOver")).GetProperty("afterMs").GetInt64());
        await host.Time.PassAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(2, (await taker.ReceiveAsync()).GetProperty("result").GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task TakeOver_TakerAsksAgainOnANewLink_OnlyTheNewLinkIsAnswered()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice first = host.Connect("b");
        await first.SendBindAsync(takeOver: true, drainMs: 4000);
        await holder.ExpectGoodbyeAsync("TakenOver");

        TestDevice second = host.Connect("b");
        await second.SendBindAsync(takeOver: true, drainMs: 4000);
        await first.ExpectGoodbyeAsync("LinkSuperseded");
        await first.ExpectCloseAsync(4409);
        await host.Time.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(2, (await second.ReceiveAsync()).GetProperty("result").GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task TakeOver_TakerGoneWhenDrainEnds_BindingWaitsForIt()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 4000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        await taker.CloseAsync();
        await taker.ReceiveMessageAsync();
        await host.Time.PassAsync(TimeSpan.FromSeconds(4));

        Assert.Equal(1203, (await host.Connect("c").BindRefusedAsync()).GetProperty("code").GetInt32());
        Assert.Equal(3, (await host.Connect("b").BindAsync()).GetProperty("epoch").GetInt64());
        Assert.Empty(new HistoryChecker().Check(host.Lines()));
    }

    [Fact]
    public async Task TakeOver_WhileTheDrainLasts_SignsOfLifeBothWays()
    {
        await using var host = new HostFixture(behavior =>
        {
            behavior.AllowTakeOver = true;
            behavior.DeadAfter = TimeSpan.FromMinutes(10);
        });
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 20_000);
        await holder.ExpectGoodbyeAsync("TakenOver");
        for (int i = 0; i < 3; i++)
        {
            await host.Time.PassAsync(TimeSpan.FromSeconds(5));
            Assert.Equal("keepAlive", (await taker.ReceiveAsync()).GetProperty("method").GetString());
            await taker.NotifyAsync("keepAlive", """{"answered":0}""");
        }

        await host.Time.PassAsync(TimeSpan.FromSeconds(5));

        await taker.SkipKeepAlivesAsync();
        Assert.Equal(2, (await taker.ReceiveAsync()).GetProperty("result").GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task TakeOver_SessionStopsDuringDrain_BothAreTold()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        TestDevice taker = host.Connect("b");
        await taker.SendBindAsync(takeOver: true, drainMs: 4000);
        await holder.ExpectGoodbyeAsync("TakenOver");

        host.Sessions.Set(HostFixture.Session, HostSessionPhase.Stopped);

        await holder.ExpectGoodbyeAsync("SessionStopped");
        await holder.ExpectCloseAsync(1000);
        Assert.Equal(1205, (await taker.ReceiveAsync()).GetProperty("error").GetProperty("code").GetInt32());
        await taker.ExpectCloseAsync(4403);
    }

    [Fact]
    public async Task TakeOver_HolderAway_NoDrain()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        holder.Cut();
        await host.UntilAsync("linkLost");

        Assert.Equal(2, (await host.Connect("b").BindAsync(takeOver: true, drainMs: 60_000)).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task TakeOver_ReservedButNobodyThere_Binds()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice holder = await host.BindAsync("a");
        await holder.CallAsync(1, "unbind");
        await holder.ExpectCloseAsync(1000);

        Assert.Equal(2, (await host.Connect("b").BindAsync(takeOver: true)).GetProperty("epoch").GetInt64());
    }

    [Fact]
    [Trait("Museum", "M17")]
    public async Task Frame_FromADeviceThatSleptThroughATakeOver_HasNoEffect()
    {
        await using var host = new HostFixture(AllowTakeOver);
        TestDevice sleeper = await host.BindAsync("a");
        host.HostFaults.Hold(HostFaultDirection.ToHost);
        await sleeper.RequestAsync(1, "echo", "\"late\"");

        TestDevice taker = host.Connect("b");
        await taker.BindAsync(takeOver: true);
        host.HostFaults.Release();
        await host.UntilAsync("frameFenced");

        Assert.Empty(host.Events("requestStarted"));
        Assert.Equal(1L, Assert.Single(host.Events("frameFenced"))["epoch"]);
        Assert.Equal("1", (await taker.CallAsync(1, "echo", "1")).GetProperty("result").GetRawText());
    }
}
