using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Observation;

public class WatchTests
{
    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Watch_TellsEachChangeOnce_InOrder_UntilTheEnd()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 20);
        RenderingSession session = await fixture.CreateSessionAsync();
        await using var reader = new WatchReader(session.WatchAsync);
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        await fixture.NewClient().UpdateSessionAsync("s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(15)));
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        await session.RenewAsync(new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(16)));
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        fixture.Emulator.StopSession("s1");
        await fixture.PassUntilAsync(reader.Completion);
        Assert.Equal(
            [
                "1 Created Starting", "2 Status, Host Ready", "3 Lease Ready", "4 Lease Ready",
                "5 Status, Host, Ended Stopped StoppedElsewhere"
            ],
            reader.Lines);
        Assert.Equal(0, fixture.Time.PendingTimers);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Watch_EndReasons_AreTold()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        RenderingSession stopped = await fixture.CreateSessionAsync("stopped");
        RenderingSession byId = await fixture.CreateSessionAsync("by-id");
        RenderingSession expired = await fixture.CreateSessionAsync("expired", leaseMinutes: 2);
        RenderingSession failed = await fixture.CreateSessionAsync("failed");
        RenderingSession[] all = [stopped, byId, expired, failed];
        WatchReader[] readers = [.. all.Select(static session => new WatchReader(session.WatchAsync))];
        await stopped.StopAsync();
        await fixture.Client.StopSessionAsync("by-id");
        fixture.Emulator.LoseHost("failed", "HostLost");
        await fixture.PassUntilAsync(Task.WhenAll(readers.Select(static reader => reader.Completion)));
        Assert.Equal(
            [
                RenderingSessionEndReason.StoppedByThisClient, RenderingSessionEndReason.StoppedByThisClient,
                RenderingSessionEndReason.Expired, RenderingSessionEndReason.Failed
            ],
            readers.Select(static reader => reader.Changes[^1].EndReason!.Value));
        Assert.Equal("HostLost", readers[3].Changes[^1].Error?.Code);
        Assert.All(readers, static reader => Assert.Single(reader.Changes, static change => change.EndReason is not null));
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task StopThatWasRefused_IsNoStopOfThisClient()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        RenderingSession session = await fixture.CreateSessionAsync();
        fixture.Emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.StatusBeforeEffect(403));
        await Assert.ThrowsAsync<RequestFailedException>(() => session.StopAsync());
        await using var reader = new WatchReader(session.WatchAsync);
        await reader.WaitForAsync(1);
        fixture.Emulator.StopSession("s1");
        await fixture.PassUntilAsync(reader.Completion);
        Assert.Equal(RenderingSessionEndReason.StoppedElsewhere, reader.Changes[^1].EndReason);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Expiry_IsNoticedWithinTwoSeconds_AlthoughLooksAreSeldom()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        RenderingSession session = await fixture.CreateSessionAsync(leaseMinutes: 10);
        long start = fixture.Time.GetTimestamp();
        await using var reader = new WatchReader(session.WatchAsync);
        await fixture.PassUntilAsync(reader.Completion);
        Assert.InRange(fixture.Time.GetElapsedTime(start), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(2.5));
        Assert.InRange(fixture.Reads, 15, 35);
    }

    [Fact]
    public async Task Watches_OfOneSession_ShareTheirRequests()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 60);
        RenderingSession session = await fixture.CreateSessionAsync();
        WatchReader[] readers = [.. Enumerable.Range(0, 10).Select(_ => new WatchReader(session.WatchAsync))];
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync();
        DateTimeOffset end = fixture.Time.GetUtcNow() + TimeSpan.FromSeconds(70);
        await fixture.PassUntilAsync(wait);
        Assert.Equal(RenderingSessionStatus.Ready, (await wait).Status);
        Assert.InRange(
            fixture.Emulator.Requests.Count(request => request.Operation == ServiceOperation.Read && request.Time <= end), 5, 14);
        foreach (WatchReader reader in readers)
        {
            await reader.DisposeAsync();
        }
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task ManyWatchedSessions_AreAskedForByThePage()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        var sessions = new List<RenderingSession>();
        for (int i = 0; i < 50; i++)
        {
            sessions.Add(await fixture.CreateSessionAsync("s" + i, leaseMinutes: 60));
        }

        WatchReader[] readers = [.. sessions.Select(static session => new WatchReader(session.WatchAsync))];
        foreach (WatchReader reader in readers)
        {
            await reader.WaitForAsync(1);
        }

        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        int reads = fixture.Reads;
        int lists = fixture.Lists;
        await fixture.PassAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(fixture.Lists + fixture.Reads - lists - reads, 9, 15);
        fixture.Emulator.StopSession("s7");
        await fixture.PassUntilAsync(readers[7].Completion);
        Assert.Equal(RenderingSessionEndReason.StoppedElsewhere, readers[7].Changes[^1].EndReason);
        foreach (WatchReader reader in readers)
        {
            await reader.DisposeAsync();
        }

        Assert.Equal(0, fixture.Time.PendingTimers);
    }

    [Fact]
    public async Task SessionsWatchedSinceDifferentTimes_AreAskedForTogetherAllTheSame()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        RenderingSession first = await fixture.CreateSessionAsync("first", leaseMinutes: 60);
        RenderingSession second = await fixture.CreateSessionAsync("second", leaseMinutes: 60);
        await using var firstReader = new WatchReader(first.WatchAsync);
        await firstReader.WaitForAsync(1);
        await fixture.PassAsync(TimeSpan.FromSeconds(13));
        await using var secondReader = new WatchReader(second.WatchAsync);
        await secondReader.WaitForAsync(1);
        await fixture.PassAsync(TimeSpan.FromMinutes(3));
        int before = fixture.Reads + fixture.Lists;
        await fixture.PassAsync(TimeSpan.FromMinutes(5));
        Assert.InRange(fixture.Reads + fixture.Lists - before, 9, 11);
    }

    [Fact]
    public async Task Throttled_LeavesTheServiceAlone_ForAllWatches()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 200);
        RenderingSession session = await fixture.CreateSessionAsync();
        RenderingSession other = await fixture.CreateSessionAsync("other");
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.Throttled(TimeSpan.FromSeconds(45)));
        fixture.Emulator.Faults.Next(ServiceOperation.List, EmulatorFault.Throttled(TimeSpan.FromSeconds(45)));
        await using var reader = new WatchReader(session.WatchAsync);
        await using var otherReader = new WatchReader(other.WatchAsync);
        await fixture.PassAsync(TimeSpan.FromSeconds(44));
        Assert.Equal(1, fixture.Reads + fixture.Lists);
        await fixture.PassAsync(TimeSpan.FromSeconds(2));
        Assert.True(fixture.Reads + fixture.Lists >= 2);
    }

    [Fact]
    public async Task SessionNotKnown_EndsTheWatchWithTheFailure()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        RenderingSession session = await fixture.CreateSessionAsync();
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(404));
        await using var reader = new WatchReader(session.WatchAsync);
        Assert.Equal(404, (await Assert.ThrowsAsync<RequestFailedException>(() => reader.Completion)).Status);
        Assert.Equal(0, fixture.Time.PendingTimers);
    }

    [Fact]
    public async Task Outage_IsWaitedOut()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 30);
        RenderingSession session = await fixture.CreateSessionAsync();
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.CutAfterEffect, 8);
        await using var reader = new WatchReader(session.WatchAsync);
        await fixture.PassAsync(TimeSpan.FromMinutes(2));
        await reader.WaitForAsync(2);
        Assert.Equal(["1 Created Starting", "2 Status, Host Ready"], reader.Lines);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task RandomFaults_LoseNoChange_AndTellNoneTwice()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 30);
            RenderingSession session = await fixture.CreateSessionAsync(leaseMinutes: 10);
            fixture.Emulator.Faults.Randomize(
                seed, 0.3, EmulatorFault.CutBeforeEffect, EmulatorFault.CutAfterEffect, EmulatorFault.StatusAfterEffect(503),
                EmulatorFault.TruncatedBody);
            await using var reader = new WatchReader(session.WatchAsync);
            await fixture.PassUntilAsync(reader.Completion);
            Assert.Equal(["1 Created Starting", "2 Status, Host Ready", "3 Status, Host, Ended Expired Expired"], reader.Lines);
        }
    }

    [Fact]
    public async Task Wait_Abandoned_StopsTheSession_WhenAsked()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 200);
        RenderingSession session = await fixture.CreateSessionAsync();
        using var source = new CancellationTokenSource();
        Task<RenderingSessionProperties> wait =
            session.WaitUntilReadyAsync(new RenderingSessionWaitOptions { StopWhenAbandoned = true }, null, source.Token);
        await ConnectionHarness.Within(fixture.Time.WaitForTimersAsync(2));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await session.DisposeAsync();
        Assert.Equal(SessionState.Stopped, fixture.Emulator.FindSession("s1")!.State);
    }

    [Fact]
    public async Task Wait_TimedOut_LeavesTheSessionAlone_UnlessAsked()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 200);
        RenderingSession session = await fixture.CreateSessionAsync();
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync(
            new RenderingSessionWaitOptions { Timeout = TimeSpan.FromSeconds(30) }, null, CancellationToken.None);
        await fixture.PassUntilAsync(wait);
        await Assert.ThrowsAsync<TimeoutException>(() => wait);
        await session.DisposeAsync();
        Assert.Equal(SessionState.Starting, fixture.Emulator.FindSession("s1")!.State);
    }

    [Fact]
    [Trait("Museum", "M19")]
    public async Task Stop_WhileStarting_EndsTheWaitAndCostsNothing()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 200);
        RenderingSession session = await fixture.CreateSessionAsync();
        Task<RenderingSessionProperties> wait = session.WaitUntilReadyAsync();
        await ConnectionHarness.Within(fixture.Time.WaitForTimersAsync(2));
        await session.StopAsync();
        Assert.Equal(
            RenderingSessionStatus.Stopped,
            (await Assert.ThrowsAsync<RenderingSessionEndedException>(() => wait.WaitAsync(ConnectionHarness.Patience))).Status);
        await fixture.Time.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(TimeSpan.Zero, fixture.Emulator.FindSession("s1")!.HostTime);
    }
}
