using Azure;
using RemoteRendering.Sessions.TestSupport;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Faults;

/// <summary>
/// Random operations under random faults, half of all requests hit, read-backs included. A seed replays its run: set RRS_FAULT_SEED to run
/// that one, RRS_FAULT_RUNS for more of them.
/// </summary>
public class RandomFaultTests
{
    private const int Steps = 60;

    private static readonly TimeSpan Twenty = TimeSpan.FromMinutes(20);

    public static TheoryData<ServiceVersion> Versions() => [.. Enum.GetValues<ServiceVersion>()];

    [Theory]
    [MemberData(nameof(Versions))]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task EveryOperation_HappensOnceOrNotAtAll_AndTheClientNeverSaysWhatIsNotTrue(ServiceVersion version)
    {
        int first = int.TryParse(Environment.GetEnvironmentVariable("RRS_FAULT_SEED"), out int only) ? only : 1;
        int runs = int.TryParse(Environment.GetEnvironmentVariable("RRS_FAULT_RUNS"), out int more) ? more : only > 0 ? 1 : 20;
        for (int seed = first; seed < first + runs; seed++)
        {
            try
            {
                await RunAsync(version, seed);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed} of {version}: {exception.Message}", exception);
            }
        }
    }

    private static async Task RunAsync(ServiceVersion version, int seed)
    {
        await using FaultRun run = await FaultRun.StartAsync(version, retries: seed % 2 == 0);
        run.Emulator.Faults.Randomize(seed, 0.5, [.. FaultRun.Kinds.Where(static kind => kind != "throttled").Select(FaultRun.Fault)]);
        var random = new Random(seed);
        var sessions = new List<string>();
        for (int step = 0; step < Steps; step++)
        {
            switch (random.Next(5))
            {
                case 0:
                    await CreateAsync(run, sessions, step);
                    break;
                case 1 when sessions.Count > 0:
                    await ExtendAsync(run, sessions[random.Next(sessions.Count)]);
                    break;
                case 2 when sessions.Count > 4:
                    await StopAsync(run, sessions[random.Next(sessions.Count)]);
                    break;
                case 3:
                    await ListAsync(run);
                    break;
                case 4 when sessions.Count > 0:
                    await ReadAsync(run, sessions[random.Next(sessions.Count)]);
                    break;
                default:
                    break;
            }
        }
    }

    private static async Task CreateAsync(FaultRun run, List<string> sessions, int step)
    {
        int before = run.Emulator.Sessions.Count;
        string? id = null;
        FaultOutcome outcome = await FaultRun.OutcomeAsync(
            async () => id = (await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("s" + step))).SessionUuid);
        int made = run.Emulator.Sessions.Count - before;
        Assert.InRange(made, 0, 1);
        Assert.True(outcome.Agrees(happened: made == 1), $"create {step}: {outcome}, {made} made");
        if (id is not null)
        {
            Assert.NotNull(run.Emulator.FindSession(id));
            sessions.Add(id);
        }
    }

    private static async Task ExtendAsync(FaultRun run, string id)
    {
        TimeSpan before = run.Emulator.FindSession(id)!.MaxLeaseTime;
        TimeSpan asked = before + TimeSpan.FromMinutes(3);
        FaultOutcome outcome =
            await FaultRun.OutcomeAsync(() => run.Client.UpdateSessionAsync(id, new RenderingSessionUpdateOptions(asked)));
        TimeSpan now = run.Emulator.FindSession(id)!.MaxLeaseTime;
        Assert.True(now == before || now == asked, $"extend {id}: {before} became {now}");
        Assert.True(outcome.Agrees(happened: now == asked), $"extend {id}: {outcome}, {now}");
    }

    private static async Task StopAsync(FaultRun run, string id)
    {
        bool had = run.HasEnded(id);
        FaultOutcome outcome = await FaultRun.OutcomeAsync(() => run.Client.StopSessionAsync(id));
        Assert.True(had || outcome.Agrees(happened: run.HasEnded(id)), $"stop {id}: {outcome}");
    }

    private static async Task ListAsync(FaultRun run)
    {
        string[] truth = [
            .. run.Emulator.Sessions.Where(session => !run.HasEnded(session.Id)).Select(static session => session.Id).Order()
        ];
        try
        {
            var listed = new List<string>();
            await foreach (RenderingSessionProperties properties in run.Client.GetCurrentRenderingSessionsAsync())
            {
                listed.Add(properties.Id);
            }

            Assert.Equal(truth, listed.Order());
        }
        catch (RequestFailedException)
        {
            // It said so.
        }
    }

    private static async Task ReadAsync(FaultRun run, string id)
    {
        try
        {
            RenderingSessionProperties read = (await run.Client.GetSessionPropertiesAsync(id)).Value;
            Assert.Equal(run.Emulator.FindSession(id)!.MaxLeaseTime, read.MaxLeaseTime);
            Assert.Equal(run.HasEnded(id), read.Status.IsTerminal);
            Assert.True(read.MaxLeaseTime >= Twenty);
        }
        catch (RequestFailedException)
        {
            // It said so.
        }
    }
}
