using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;
using static RemoteRendering.Sessions.RemoteRenderingClientOptions;

namespace RemoteRendering.Sessions.Tests.Faults;

/// <summary>
/// One fault at a time, before and after the effect, on every operation of every version: nothing happens twice, and nothing that happened
/// is called a failure.
/// </summary>
public class FaultedOperationTests
{
    private static readonly TimeSpan Twenty = TimeSpan.FromMinutes(20);

    public static TheoryData<ServiceVersion, string, bool> Faults()
    {
        var data = new TheoryData<ServiceVersion, string, bool>();
        foreach (ServiceVersion version in Enum.GetValues<ServiceVersion>())
        {
            foreach (string fault in FaultRun.Kinds)
            {
                data.Add(version, fault, false);
                data.Add(version, fault, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Create_HappensOnceOrIsToldToBeUnknown(ServiceVersion version, string fault, bool retries)
    {
        await using FaultRun run = await FaultRun.StartAsync(version, retries);
        run.Emulator.Faults.Next(ServiceOperation.Create, FaultRun.Fault(fault));
        FaultOutcome outcome = await FaultRun.OutcomeAsync(() => run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a")));
        Assert.True(outcome.Agrees(happened: run.Emulator.Sessions.Count == 1), $"{outcome}, {run.Emulator.Sessions.Count} made");
        Assert.InRange(run.Emulator.Sessions.Count, 0, 1);
        Assert.True(version == ServiceVersion.V1 || outcome != FaultOutcome.Unknown, "what has an id can be read back");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Update_HappensOnceOrIsToldToBeUnknown(ServiceVersion version, string fault, bool retries)
    {
        await using FaultRun run = await FaultRun.StartAsync(version, retries);
        RenderingSession session = await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a"));
        run.Emulator.Faults.Next(ServiceOperation.Update, FaultRun.Fault(fault));
        FaultOutcome outcome = await FaultRun.OutcomeAsync(() => session.ExtendLeaseAsync(TimeSpan.FromMinutes(7)));
        TimeSpan granted = run.Emulator.FindSession(session.SessionUuid)!.MaxLeaseTime;
        Assert.True(granted == Twenty || granted == TimeSpan.FromMinutes(27), granted.ToString());
        Assert.True(outcome.Agrees(happened: granted > Twenty), $"{outcome}, {granted}");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Stop_HappensOrIsToldToBeUnknown_AndMayBeRepeated(ServiceVersion version, string fault, bool retries)
    {
        await using FaultRun run = await FaultRun.StartAsync(version, retries);
        RenderingSession session = await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a"));
        run.Emulator.Faults.Next(ServiceOperation.Stop, FaultRun.Fault(fault));
        FaultOutcome outcome = await FaultRun.OutcomeAsync(() => session.StopAsync());
        Assert.True(outcome.Agrees(happened: run.HasEnded(session.SessionUuid)), outcome.ToString());
        await session.StopAsync(TestContext.Current.CancellationToken);
        Assert.True(run.HasEnded(session.SessionUuid));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ReadAndList_TellTheTruthOrFail(ServiceVersion version, string fault, bool retries)
    {
        await using FaultRun run = await FaultRun.StartAsync(version, retries);
        for (int i = 0; i < 5; i++)
        {
            await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("s" + i));
        }

        run.Emulator.Faults.Next(ServiceOperation.List, FaultRun.Fault(fault));
        string[] truth = [.. run.Emulator.Sessions.Select(static session => session.Id).Order()];
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
            Assert.False(retries && fault.StartsWith("cut", StringComparison.Ordinal), "a cut is repeated");
        }

        run.Emulator.Faults.Next(ServiceOperation.Read, FaultRun.Fault(fault));
        try
        {
            Assert.Equal(Twenty, (await run.Client.GetSessionPropertiesAsync(truth[0])).Value.MaxLeaseTime);
        }
        catch (RequestFailedException)
        {
            Assert.False(retries && fault.StartsWith("cut", StringComparison.Ordinal), "a cut is repeated");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Museum", "M07")]
    public async Task Create_WhoseReplyWasLost_GivesTheSameSession_AndAnAbandonedOneExpires(bool retries)
    {
        await using FaultRun run = await FaultRun.StartAsync(ServiceVersion.V2021_01_01, retries);
        run.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.CutAfterEffect);
        RenderingSession session = await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a"));
        Assert.Equal("a", session.SessionUuid);
        Assert.Equal("a", Assert.Single(run.Emulator.Sessions).Id);

        // Whoever asks again, also another process, gets the same one; nobody stops it, and its lease ends it.
        Assert.Equal(
            "a",
            (
                await FaultRun.NewClient(run.Emulator, ServiceVersion.V2021_01_01, retries)
                    .CreateNewRenderingSessionAsync(run.NewCreation("a"))).SessionUuid);
        Assert.Single(run.Emulator.Sessions);
        await run.Time.PassAsync(Twenty + TimeSpan.FromMinutes(1));
        Assert.Equal(SessionState.Expired, run.Emulator.FindSession("a")!.State);
        Assert.Equal(Twenty, run.Emulator.FindSession("a")!.HostTime);
    }

    [Fact]
    [Trait("Museum", "M08")]
    public async Task Stop_WhoseReplyWasLost_IsASuccess()
    {
        await using FaultRun run = await FaultRun.StartAsync(ServiceVersion.V2021_01_01, retries: false);
        RenderingSession session = await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a"));
        run.Emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.CutAfterEffect);
        await session.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(RenderingSessionStatus.Stopped, session.Status);
    }

    [Fact]
    [Trait("Museum", "M09")]
    public async Task Extend_WhoseReplyWasLost_IsASuccess_OnceMoreToo()
    {
        await using FaultRun run = await FaultRun.StartAsync(ServiceVersion.V2021_01_01, retries: false);
        RenderingSession session = await run.Client.CreateNewRenderingSessionAsync(run.NewCreation("a"));
        run.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.CutAfterEffect);
        var thirty = new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30));
        Assert.Equal(TimeSpan.FromMinutes(30), (await session.RenewAsync(thirty, TestContext.Current.CancellationToken)).MaxLeaseTime);
        Assert.Equal(TimeSpan.FromMinutes(30), (await session.RenewAsync(thirty, TestContext.Current.CancellationToken)).MaxLeaseTime);
        Assert.Equal(TimeSpan.FromMinutes(30), run.Emulator.FindSession("a")!.MaxLeaseTime);
    }
}
