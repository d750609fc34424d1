using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>What a renewal does when the service says when to come back, with the retries of the pipeline as users have them.</summary>
public class LeaseRenewalThrottlingTests
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task Renewal_Throttled_ComesBackWhenItWasTold()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(pipelineRetries: true);
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.Throttled(RetryAfter));
        await fixture.PassAsync(TimeSpan.FromMinutes(9.9));
        AssertPauseAfterTheFirst(fixture, ServiceOperation.Update);
        Assert.Equal(13, fixture.GrantedMinutes);
        Assert.Equal([LeaseRenewalChangeKind.AttemptFailed, LeaseRenewalChangeKind.Renewed], fixture.Kinds);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task ConfirmAfterASleep_Throttled_ComesBackWhenItWasTold()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 20, pipelineRetries: true);
        fixture.Start();
        await fixture.PassAsync(TimeSpan.FromMinutes(1.0));
        int before = Requests(fixture).Count;
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.Throttled(RetryAfter));
        fixture.Sleep(TimeSpan.FromMinutes(5.0));
        await fixture.PassAsync(TimeSpan.FromMinutes(1.0));
        AssertPauseAfterTheFirst(fixture, ServiceOperation.Read, before);
        Assert.Equal(
            [LeaseRenewalChangeKind.InDoubt, LeaseRenewalChangeKind.AttemptFailed, LeaseRenewalChangeKind.Confirmed], fixture.Kinds);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task LostAnswer_WhoseReadBackIsThrottled_IsReadAgainWhenItWasTold()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(pipelineRetries: true);
        fixture.Start();
        int before = Requests(fixture).Count;
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.CutAfterEffect);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.Throttled(RetryAfter));
        await fixture.PassAsync(TimeSpan.FromMinutes(9.9));
        AssertPauseAfterTheFirst(fixture, ServiceOperation.Read, before);
        Assert.Equal(1, fixture.Updates);
        Assert.Equal(13, fixture.GrantedMinutes);
        Assert.Equal([LeaseRenewalChangeKind.AttemptFailed, LeaseRenewalChangeKind.Renewed], fixture.Kinds);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task DoubtWhoseFirstLookIsThrottledForLonger_IsLookedUpOnceMoreBeforeItIsGivenUp()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 60);
        fixture.Start();
        await fixture.PassAsync(TimeSpan.FromMinutes(1.0));
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.Throttled(TimeSpan.FromSeconds(90)));
        fixture.Sleep(TimeSpan.FromMinutes(9.0));
        await fixture.PassAsync(TimeSpan.FromMinutes(2.0));
        Assert.Equal(
            [LeaseRenewalChangeKind.InDoubt, LeaseRenewalChangeKind.AttemptFailed, LeaseRenewalChangeKind.Confirmed], fixture.Kinds);
        EmulatorRequest[] reads = [.. Requests(fixture).TakeLast(2)];
        Assert.InRange(reads[1].Time - reads[0].Time, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(50));
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task DoubtThatBeginsWhileTheServiceWantsToBeLeftAlone_IsLookedUpBeforeItIsGivenUp()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start(new LeaseRenewalOptions(TimeSpan.FromHours(8)));
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.Throttled(TimeSpan.FromSeconds(280)));
        await fixture.PassAsync(TimeSpan.FromMinutes(5.5));
        Assert.Equal([LeaseRenewalChangeKind.AttemptFailed], fixture.Kinds);
        fixture.Sleep(TimeSpan.FromSeconds(10));
        await fixture.PassAsync(TimeSpan.FromMinutes(1.0));
        Assert.Equal([LeaseRenewalChangeKind.InDoubt, LeaseRenewalChangeKind.Confirmed], fixture.Kinds.Skip(1).Take(2));
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task LeaseThatIsHeardOfWhileTheServiceWantsToBeLeftAlone_IsRenewedBeforeItsEnd()
    {
        var time = new VirtualTimeProvider();
        var requests = new ConcurrentQueue<(bool IsRead, TimeSpan At)>();
        var session = new FakeRenewableSession(isRead =>
        {
            requests.Enqueue((isRead, time.GetElapsedTime(0)));
            return Task.FromException(new RequestFailedException(new ThrottledResponse(retryAfterSeconds: 280)));
        });
        await using var renewal =
            new RenderingLeaseRenewal(session, new LeaseRenewalOptions(TimeSpan.FromHours(8)), time, NullLogger.Instance, static () => 0);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting && requests.Count == 1);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 1));
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        await time.PassUntilAsync(() => requests.Count == 2, TimeSpan.FromMinutes(1.0));
        Assert.Equal((true, TimeSpan.Zero), requests.First());
        Assert.Equal((false, TimeSpan.FromSeconds(49)), requests.Last());
    }

    [Fact]
    public async Task CallsOfTheUser_AreRepeatedByThePipeline_WhileARenewalRuns()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(pipelineRetries: true);
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(500));
        RenderingSessionProperties properties =
            await ConnectionHarness.Within(fixture.Session.GetPropertiesAsync(TestContext.Current.CancellationToken));
        Assert.Equal(RenderingSessionStatus.Ready, properties.Status);
    }

    [Fact]
    public async Task UpdateInV1_WhoseReadIsThrottled_IsNotReadAgainAtOnce()
    {
        var service = new ScriptedService();
        service.Then(200).Then(429, null, "application/json", ("Retry-After", "30"));
        RenderingOutcomeUnknownException exception = await Assert.ThrowsAsync<RenderingOutcomeUnknownException>(
            () =>
                service.Client(RemoteRenderingClientOptions.ServiceVersion.V1, maxRetries: 0)
                    .UpdateSessionAsync(
                        "s1", new RenderingSessionUpdateOptions(TimeSpan.FromMinutes(30.0)), TestContext.Current.CancellationToken));
        Assert.Equal(429, Assert.IsType<RequestFailedException>(exception.InnerException).Status);
        Assert.Equal(2, service.Requests.Count);
    }

    private static List<EmulatorRequest> Requests(LeaseFixture fixture)
        => [.. fixture.Emulator.Requests.Where(static request => request.Operation is ServiceOperation.Read or ServiceOperation.Update)];

    private static void AssertPauseAfterTheFirst(LeaseFixture fixture, ServiceOperation operation, int before = 0)
    {
        List<EmulatorRequest> requests = Requests(fixture).GetRange(before, Requests(fixture).Count - before);
        int first = requests.FindIndex(request => request.Operation == operation);
        Assert.Equal(first + 2, requests.Count);
        Assert.InRange(requests[first + 1].Time - requests[first].Time, RetryAfter, RetryAfter + TimeSpan.FromSeconds(1));
    }
}
