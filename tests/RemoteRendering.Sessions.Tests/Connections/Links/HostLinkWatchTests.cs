using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostLinkWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Tick_NothingWasSent_SendsAKeepAliveAndIsDueAgainAfterAnother()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        Assert.Equal(5 * Second, fixture.Time.Due);

        await fixture.TickAsync();

        Assert.Equal([LinkFixture.KeepAlive(0)], fixture.Sent);
        Assert.Equal(5 * Second, fixture.Time.Due);
    }

    [Fact]
    public async Task Tick_SomethingWasSentMeanwhile_WaitsForTheRestOnly()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Pass(3 * Second);
        fixture.Submit();

        await fixture.TickAsync();

        Assert.Equal([LinkFixture.Echo(1)], fixture.Sent);
        Assert.Equal(3 * Second, fixture.Time.Due);
    }

    [Fact]
    public async Task Tick_HostSilentForDeadAfter_EndsAndNotEarlier()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.TickAsync();
        fixture.Time.Pass(3 * Second);
        fixture.Submit();
        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);
        Assert.Equal(3 * Second, fixture.Time.Due);
        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);
        Assert.Equal(2 * Second, fixture.Time.Due);

        await fixture.TickAsync();

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal(RenderingConnectionReason.HostUnresponsive, failure.Reason);
        Assert.Equal("The host sent nothing for too long.", failure.Message);
    }

    [Fact]
    [Trait("BadDay", "machine sleeps")]
    public async Task Tick_AfterASleep_GivesTheHostItsKeepAliveAndASecond()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Sleep(TimeSpan.FromMinutes(5));

        await fixture.TickAsync();

        Assert.Contains(fixture.Log.Entries, entry => entry.Text == Slept("00:05:00"));
        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);
        Assert.Equal(Second, fixture.Time.Due);
        await fixture.TickAsync();
        Assert.Equal(RenderingConnectionReason.HostUnresponsive, (await fixture.EndAsync()).Reason);
        Assert.Single(fixture.Log.Entries, entry => entry.Event == "ConnectionClockJump");
    }

    [Fact]
    public async Task Tick_AfterASleep_NeverGivesTheHostMoreThanDeadAfter()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync(deadAfterMs: 5500);
        fixture.Time.Sleep(TimeSpan.FromMinutes(5));
        await fixture.TickAsync();
        await fixture.TickAsync();
        Assert.Equal(0.5 * Second, fixture.Time.Due);

        await fixture.TickAsync();

        Assert.Equal(RenderingConnectionReason.HostUnresponsive, (await fixture.EndAsync()).Reason);
    }

    [Fact]
    public async Task Tick_HostSpokeInTheMomentOfTheProbe_CountsAsASignOfLife()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Sleep(TimeSpan.FromMinutes(5));
        await fixture.TickAsync();
        await fixture.SayAsync("""{"jsonrpc":"2.0","method":"keepAlive","params":{"received":0}}""");

        await fixture.TickAsync();
        Assert.Equal(5 * Second, fixture.Time.Due);
        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);
        await fixture.TickAsync();

        Assert.Equal(RenderingConnectionReason.HostUnresponsive, (await fixture.EndAsync()).Reason);
        Assert.Equal(20 * Second, TimeSpan.FromTicks(fixture.Time.GetTimestamp()));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "00:00:15.0000001")]
    public async Task Tick_WallClockAhead_IsASleepFromMoreThanDeadAfterOn(int extraTicks, string? jump)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Sleep((15 * Second) + TimeSpan.FromTicks(extraTicks));

        await fixture.TickAsync();

        Assert.Equal(
            jump is null ? [] : [Slept(jump)],
            fixture.Log.Entries.Where(entry => entry.Event == "ConnectionClockJump").Select(entry => entry.Text));
    }

    [Theory]
    [InlineData(6, 0, null)]
    [InlineData(6, 1, "00:00:01.0000001")]
    [InlineData(8, 0, "00:00:03")]
    public async Task Tick_TimerLate_IsASleepFromMoreThanASecondOn(int seconds, int extraTicks, string? jump)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Pass((seconds * Second) + TimeSpan.FromTicks(extraTicks));

        fixture.Time.Fire();

        Assert.Equal(
            jump is null ? [] : [Slept(jump)],
            fixture.Log.Entries.Where(entry => entry.Event == "ConnectionClockJump").Select(entry => entry.Text));
    }

    [Fact]
    public async Task Tick_TimerVeryLate_AsksForASignOfLifeBeforeItEnds()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Time.Pass(60 * Second);

        fixture.Time.Fire();
        await Quiescence.WaitAsync();

        Assert.False(fixture.Link.Completion.IsCompleted);
        Assert.Equal([LinkFixture.KeepAlive(0)], fixture.Sent);
    }

    [Fact]
    public async Task Tick_ALargeMessageArrivesSlowly_EachPartOfItIsASignOfLife()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        NotedRequest request = fixture.Submit();
        fixture.Wire.SayPart("""{"jsonrpc":"2.0","id":1,"result":"slow""");
        await fixture.HeardAsync();
        for (int part = 0; part < 6; part++)
        {
            await fixture.TickAsync();
            fixture.Wire.SayPart(" and");
            await fixture.HeardAsync();
            Assert.False(fixture.Link.Completion.IsCompleted);
        }

        await fixture.SayAsync(" steady\"}");
        Assert.Equal(["slow and and and and and and steady"], request.Results);
        fixture.Wire.SayPart("{");
        await fixture.HeardAsync();
        await fixture.TickAsync();
        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);

        await fixture.TickAsync();

        Assert.Equal(RenderingConnectionReason.HostUnresponsive, (await fixture.EndAsync()).Reason);
    }

    [Fact]
    public async Task Goodbye_RepeatedWithoutNews_IsAnnouncedOnce()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        for (int number = 0; number < 10; number++)
        {
            await fixture.SayAsync(LinkFixture.Goodbye(4500));
            await fixture.SayAsync(LinkFixture.Goodbye(4000));
        }

        fixture.Time.Pass(2 * Second);
        await fixture.SayAsync(LinkFixture.Goodbye(2500));
        Assert.Single(fixture.Announced);

        await fixture.SayAsync(LinkFixture.Goodbye(9000));
        await fixture.SayAsync(LinkFixture.Goodbye(9000, "Maintenance"));
        Assert.Equal([("TakenOver", 4.5 * Second), ("TakenOver", 9 * Second), ("Maintenance", 9 * Second)], fixture.Announced);

        // The newest word holds, news or not.
        await fixture.SayAsync(LinkFixture.Goodbye(8400, "Maintenance"));
        Assert.Equal(3, fixture.Announced.Count);
    }

    [Fact]
    public async Task Goodbye_WithADelay_EndsASecondAfterItAndNotEarlier()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(4500));
        Assert.Equal([("TakenOver", 4.5 * Second)], fixture.Announced);
        Assert.Equal(5 * Second, fixture.Time.Due);

        await fixture.TickAsync();
        Assert.False(fixture.Link.Completion.IsCompleted);
        Assert.Equal(0.5 * Second, fixture.Time.Due);
        await fixture.TickAsync();

        Assert.Equal(RenderingConnectionReason.TakenOver, (await fixture.EndAsync()).Reason);
    }

    [Fact]
    public async Task Goodbye_SoonerThanTheKeepAlive_TimerIsDueASecondAfterIt()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();

        await fixture.SayAsync(LinkFixture.Goodbye(3000));

        Assert.Equal(4 * Second, fixture.Time.Due);
    }

    [Theory]
    [InlineData(1, 2, 3000)]
    [InlineData(3, 0, 1000)]
    [InlineData(5, 0, 1)]
    public async Task Goodbye_BeforeAnybodyListens_IsAnnouncedWithTheRestOfItsTime(int passed, int rest, int dueMs)
    {
        await using var fixture = new LinkFixture();
        BindAnswer answer = await fixture.BindAsync();
        await fixture.SayAsync(LinkFixture.Goodbye(3000));
        fixture.Time.Pass(passed * Second);

        fixture.Serve(answer);

        Assert.Equal([("TakenOver", rest * Second)], fixture.Announced);
        Assert.Equal(TimeSpan.FromMilliseconds(dueMs), fixture.Time.Due);
    }

    [Fact]
    public async Task Serve_LinkHasEnded_LeavesNoTimer()
    {
        await using var fixture = new LinkFixture();
        BindAnswer answer = await fixture.BindAsync();
        fixture.Link.End(LinkFixture.Failure());

        fixture.Serve(answer);

        Assert.Equal(0, fixture.Time.Running);
    }

    private static string Slept(string jump)
        => $"The clock of this device jumped by {jump}, after a sleep or because it was set; checking the link.";
}
