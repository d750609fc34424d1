using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Tests.Observation.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Observation;

public class WatchSessionsTests
{
    [Fact]
    public async Task AllSessions_OfAllDevices_AreSeenFromBirthToEnd()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(bootSeconds: 15);
        RemoteRenderingClient elsewhere = fixture.NewClient();
        await fixture.CreateSessionAsync("a", client: elsewhere);
        await using var reader = new WatchReader(fixture.Client.WatchSessionsAsync);
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        await fixture.CreateSessionAsync("b", leaseMinutes: 2, client: elsewhere);
        await elsewhere.UpdateSessionAsync("a", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30)));
        await fixture.PassAsync(TimeSpan.FromMinutes(4));
        await elsewhere.StopSessionAsync("a");
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        string[] lines = [
            .. (await reader.WaitForAsync(7)).Select(static change => $"{change.SessionId} {change.Kinds} {change.EndReason}")
        ];
        Assert.Equal(
            ["a Created ", "a Status, Host ", "a Lease ", "a Status, Host, Ended StoppedElsewhere"],
            lines.Where(static line => line[0] == 'a'));
        Assert.Equal(["b Created ", "b Status, Host ", "b Status, Host, Ended Expired"], lines.Where(static line => line[0] == 'b'));
        Assert.Equal(
            Enumerable.Range(1, reader.Changes.Length).Select(static number => (long)number),
            reader.Changes.Select(static change => change.Number));
    }

    [Fact]
    public async Task OwnSessions_AreSeenAtOnce()
    {
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync();
        await using var reader = new WatchReader(fixture.Client.WatchSessionsAsync);
        await fixture.PassAsync(TimeSpan.FromSeconds(1));
        RenderingSession session = await fixture.CreateSessionAsync();
        await session.StopAsync();
        await fixture.PassAsync(TimeSpan.FromSeconds(30));
        await reader.WaitForAsync(2);
        Assert.Equal(
            RenderingSessionEndReason.StoppedByThisClient,
            Assert.Single(reader.Changes, static change => change.EndReason is not null).EndReason);
        Assert.Single(reader.Changes, static change => change.Kinds.HasFlag(RenderingSessionChangeKinds.Created));
    }

    [Fact]
    public async Task StaleList_ThatLeavesASessionOut_EndsNothing()
    {
        var time = new VirtualTimeProvider();
        var service = new ScriptedService { Time = time };
        string page = $$"""{"sessions":[{{ScriptedService.SessionJson()}}]}""";
        service.Then(200, page).Then(200, """{"sessions":[]}""").Then(200, ScriptedService.SessionJson()).Then(200, page).Then(200, page);
        service.Otherwise = static _ => ScriptedService.Answer(503);
        RemoteRenderingClient client = service.Client(maxRetries: 0);
        await using var reader = new WatchReader(client.WatchSessionsAsync);
        for (int i = 0; i < 8; i++)
        {
            await Quiescence.WaitAsync();
            await time.PassAsync(time.UntilNextTimer!.Value);
        }

        await reader.WaitForAsync(1);
        Assert.Equal(["1 Created Ready"], reader.Lines);
    }

    [Fact]
    public async Task TenThousandSessions_CostRequestsByThePage_AndNoChangeIsLostOrToldTwice()
    {
        const int Sessions = 10_000;
        await using ObservationFixture fixture = await ObservationFixture.CreateAsync(configure: static options => options.PageSize = 500);
        RemoteRenderingClient elsewhere = fixture.NewClient();
        for (int i = 0; i < Sessions; i++)
        {
            await fixture.CreateSessionAsync("s" + i, leaseMinutes: 600, client: elsewhere);
        }

        await using var reader = new WatchReader(fixture.Client.WatchSessionsAsync);
        await fixture.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(Sessions, (await reader.WaitForAsync(Sessions)).Length);
        int lists = fixture.Lists;
        int reads = fixture.Reads;
        var random = new Random(7);
        var expected = new Dictionary<string, List<RenderingSessionChangeKinds>>();
        int ended = 0;
        for (int round = 0; round < 4; round++)
        {
            foreach (int i in Enumerable.Range(0, 40).Select(_ => random.Next(Sessions)).Distinct())
            {
                string id = "s" + i;
                List<RenderingSessionChangeKinds> kinds = expected.TryGetValue(id, out List<RenderingSessionChangeKinds>? known)
                    ? known
                    : expected[id] = [];
                if (kinds.Count > 0 && kinds[^1].HasFlag(RenderingSessionChangeKinds.Ended))
                {
                    continue;
                }

                if (random.Next(4) == 0)
                {
                    fixture.Emulator.StopSession(id);
                    kinds.Add(RenderingSessionChangeKinds.Status | RenderingSessionChangeKinds.Host | RenderingSessionChangeKinds.Ended);
                    ended++;
                }
                else
                {
                    await elsewhere.UpdateSessionAsync(id, new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(601.0 + round)));
                    kinds.Add(RenderingSessionChangeKinds.Lease);
                }
            }

            await fixture.PassAsync(TimeSpan.FromMinutes(1));
        }

        RenderingSessionChange[] changes =
            (await reader.WaitForAsync(Sessions + expected.Values.Sum(static kinds => kinds.Count)))[Sessions..];
        Dictionary<string, List<RenderingSessionChangeKinds>> seen = changes.GroupBy(static change => change.SessionId)
            .ToDictionary(static group => group.Key, static group => group.Select(static change => change.Kinds).ToList());
        Assert.Equal(expected.Count, seen.Count);
        Assert.All(expected, pair => Assert.Equal(pair.Value, seen[pair.Key]));
        int intervals = (fixture.Lists - lists) / (Sessions / 500);
        Assert.InRange(intervals, 8, 24);
        Assert.True((fixture.Lists - lists) % (Sessions / 500) <= 1);
        Assert.Equal(ended, fixture.Reads - reads);
    }

    [Fact]
    public void EachWatchedSession_TakesLessThanAKilobyte()
    {
        const int Sessions = 10_000;
        var table = new AccountTable(new StoppedSessions());
        var subscription = new AccountSubscription();
        table.Add(subscription);
        string[] ids = [.. Enumerable.Range(0, Sessions).Select(static _ => Guid.NewGuid().ToString())];
        long allocated = Heap.AllocatedBy(() =>
        {
            foreach (string id in ids)
            {
                // What is allocated is an upper bound of what is kept; the id and the host's name are copies, as they are when they are
                // read off the wire.
                table.Observe(
                    RemoteRenderingModelFactory.RenderingSessionProperties(
                        new string(id.AsSpan()), RenderingSessionStatus.Ready, "Standard", hostname: new string('h', 80),
                        maxLeaseTime: TimeSpan.FromMinutes(20)),
                    sent: 1);
            }
        });
        Assert.InRange(allocated / Sessions, 1, 1024);
    }
}
