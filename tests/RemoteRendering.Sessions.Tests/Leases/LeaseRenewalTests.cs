using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Museum", "M01")]
    [ExpectedLog("LeaseLost")]
    public async Task Renewal_IsLinearAndCapped_OnCreateAndOnOpen(bool opened)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10, opened: opened);
        fixture.Start(LeaseFixture.Options(TimeSpan.FromMinutes(30)));
        await fixture.PassAsync(29 * Minute);
        Assert.Equal(30, fixture.GrantedMinutes);
        double[] leases = [
            .. fixture.Snapshot().Where(static change => change.Kind == LeaseRenewalChangeKind.Renewed)
            .Select(static change => change.Lease.MaxLeaseTime!.Value.TotalMinutes)
        ];
        Assert.Equal([13, 16, 19, 22, 25, 28, 30], leases);
        Assert.Equal(7, fixture.Updates);
        Assert.Equal(1, fixture.Kinds.Count(static kind => kind == LeaseRenewalChangeKind.CapReached));
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
        await fixture.PassAsync(Minute);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.True(fixture.Renewal.Lost.IsCancellationRequested);
        Assert.Equal(LeaseRenewalChangeKind.Lost, fixture.Kinds.Last());
    }

    [Fact]
    [ExpectedLog("LeaseLost")]
    public async Task NobodyConnected_NothingIsBought_AndTheLossIsTold()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: false);
        fixture.Start();
        await fixture.PassAsync(11 * Minute);
        Assert.Equal(0, fixture.Updates);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
    }

    [Fact]
    public async Task ConnectedAgain_BeforeTheEnd_GoesOn()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(inUse: false);
        fixture.Start();
        await fixture.PassAsync(TimeSpan.FromMinutes(8.5));
        fixture.Session.IsInUseOverride = true;
        await fixture.PassAsync(Minute);
        Assert.Equal(13, fixture.GrantedMinutes);
    }

    [Fact]
    [Trait("Museum", "M11")]
    [Trait("Museum", "R3")]
    [ExpectedLog("LeaseAttemptFailed", "LeaseLost")]
    public async Task RequestsThatHang_DoNotDelayTheLoss()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        TimeSpan certain = fixture.Session.Lease.RemainingAtLeast!.Value;
        long start = fixture.Time.GetTimestamp();
        TimeSpan? lostAfter = null;
        fixture.Renewal.Lost.Register(() => lostAfter = fixture.Time.GetElapsedTime(start));
        await fixture.PassAsync(certain + Minute);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));

        // The certain end, a second of margin, and what is taken off for drift and not a tick later.
        Assert.InRange(
            lostAfter!.Value, certain - TimeSpan.FromSeconds(2), certain - TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(100));
        Assert.True(fixture.Updates >= 2, "there was time for several attempts");
    }

    [Fact]
    [Trait("Museum", "M12")]
    [Trait("Museum", "R1")]
    [ExpectedLog("LeaseAttemptFailed", "LeaseLost")]
    public async Task AnswerAfterTheLoss_HasNoEffect_AndNothingMoreIsSent()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.DelayBeforeEffect(TimeSpan.FromHours(1)), 1_000);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        long requests = -1;
        fixture.Renewal.Lost.Register(() => requests = fixture.Emulator.RequestCount);
        await fixture.PassAsync(11 * Minute);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        for (int i = 0; i < 20; i++)
        {
            await fixture.PassAsync(6 * Minute);
        }

        await ConnectionHarness.Within(fixture.Renewal.StopAsync());
        Assert.Equal(requests, fixture.Emulator.RequestCount);
        Assert.Equal(10, fixture.GrantedMinutes);
        Assert.DoesNotContain(LeaseRenewalChangeKind.Renewed, fixture.Kinds);
        Assert.Equal(LeaseRenewalChangeKind.Lost, fixture.Kinds.Last());
    }

    [Fact]
    [Trait("Museum", "R1")]
    [ExpectedLog("LeaseAttemptFailed", "LeaseLost")]
    public async Task SlowRenewal_ThatWouldFinishAfterTheLoss_HasNoEffect_AndTheHandlerSeesTheLoss()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        bool? wasLost = null;
        fixture.Renewal.Changed += (_, change)
            => wasLost = change.Kind == LeaseRenewalChangeKind.Lost ? fixture.Renewal.Lost.IsCancellationRequested : wasLost;

        // The first takes until after the certain end, when the session still runs, and the others find nobody.
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.DelayBeforeEffect(TimeSpan.FromMinutes(2.5)));
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        await fixture.PassAsync(TimeSpan.FromMinutes(9.9));
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.True(wasLost);
        Assert.Equal(SessionState.Ready, fixture.Emulator.FindSession("s1")!.State);
        Assert.Equal(10, fixture.GrantedMinutes);
        Assert.Equal(TimeSpan.FromMinutes(10), fixture.Session.Properties.MaxLeaseTime);
        Assert.DoesNotContain(LeaseRenewalChangeKind.Renewed, fixture.Kinds);
    }

    [Theory]
    [InlineData("cut before")]
    [InlineData("cut after")]
    [InlineData("500 before")]
    [InlineData("503 after")]
    [InlineData("429")]
    [InlineData("truncated")]
    [InlineData("half-open")]
    [Trait("Museum", "M13")]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task OneFailedAttempt_IsNotALoss_AndBuysOneStepOnly(string fault)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, fault switch
        {
            "cut before" => EmulatorFault.CutBeforeEffect,
            "cut after" => EmulatorFault.CutAfterEffect,
            "500 before" => EmulatorFault.StatusBeforeEffect(500),
            "503 after" => EmulatorFault.StatusAfterEffect(503),
            "429" => EmulatorFault.Throttled(TimeSpan.FromSeconds(20)),
            "truncated" => EmulatorFault.TruncatedBody,
            _ => EmulatorFault.HalfOpenBeforeEffect,
        });
        await fixture.PassAsync(TimeSpan.FromMinutes(9.9));
        Assert.Equal(13, fixture.GrantedMinutes);
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
        Assert.Equal(TimeSpan.FromMinutes(13), fixture.Session.Properties.MaxLeaseTime);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task Throttled_RetryAfterIsObeyed()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.Throttled(TimeSpan.FromSeconds(30)));
        await fixture.PassAsync(TimeSpan.FromMinutes(9.9));
        EmulatorRequest[] updates = [.. fixture.Emulator.Requests.Where(static request => request.Operation == ServiceOperation.Update)];
        Assert.Equal(2, updates.Length);
        Assert.InRange(updates[1].Time - updates[0].Time, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task Sleep_PutsInDoubt_UntilConfirmed()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 20);
        fixture.Start();
        await fixture.PassAsync(Minute);
        fixture.Sleep(5 * Minute);
        await fixture.PassAsync(Minute);
        Assert.Equal([LeaseRenewalChangeKind.InDoubt, LeaseRenewalChangeKind.Confirmed], fixture.Kinds);
        Assert.InRange(fixture.Session.Lease.RemainingAtLeast!.Value, 11 * Minute, 13 * Minute);
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed", "LeaseLost")]
    public async Task Sleep_AndNoAnswerAfterIt_IsALoss()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 20);
        fixture.Start();
        await fixture.PassAsync(Minute);
        fixture.Emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        fixture.Sleep(5 * Minute);
        await fixture.PassAsync(2 * Minute);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.Equal(LeaseRenewalChangeKind.InDoubt, fixture.Kinds.First());
        Assert.Equal(LeaseRenewalChangeKind.Lost, fixture.Kinds.Last());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LessThanAMinuteLeft_AfterASleepOrAtTheStart_IsADoubtUntilRenewed(bool slept)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10);
        if (slept)
        {
            fixture.Start();
            await fixture.PassAsync(Minute);
            fixture.Sleep(TimeSpan.FromMinutes(8.5));
        }
        else
        {
            await fixture.PassAsync(9.5 * Minute);
            await fixture.Session.GetPropertiesAsync(TestContext.Current.CancellationToken);
            Assert.Equal(TimeSpan.Zero, fixture.Session.Lease.RemainingAtLeast);
            fixture.Start();
        }

        await fixture.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(13, fixture.GrantedMinutes);
        Assert.Contains(LeaseRenewalChangeKind.Confirmed, fixture.Kinds);
        Assert.Equal(LeaseRenewalChangeKind.Renewed, fixture.Kinds.Last());
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    [ExpectedLog("LeaseLost")]
    public async Task LessThanAMinuteLeft_AndNoWayToRenew_IsALossAtOnce()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10);
        fixture.Start(LeaseFixture.Options(10 * Minute));
        await fixture.PassAsync(Minute);
        fixture.Sleep(TimeSpan.FromMinutes(8.5));
        await fixture.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
    }

    [Fact]
    [ExpectedLog("LeaseLost", "SessionEnded")]
    public async Task SleptThroughTheEnd_IsFoundOut()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10);
        fixture.Start();
        await fixture.PassAsync(Minute);
        fixture.Sleep(20 * Minute);
        await fixture.PassAsync(Minute);
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.True(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed", "LeaseLost", "SessionEnded")]
    public async Task SessionStoppedElsewhere_EndsTheRenewal()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        fixture.Emulator.StopSession("s1");
        await fixture.PassAsync(9 * Minute);
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.True(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    [ExpectedLog("LeaseLost")]
    public async Task SessionStoppedHere_EndsTheRenewalAtOnce()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        await fixture.Session.StopAsync();
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
        await fixture.NoTimerIsLeftAsync();
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task ExtendedByAnother_IsTakenAsItIs()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        await LeaseFixture.NewClient(fixture.Emulator).UpdateSessionAsync("s1", new RenderingSessionUpdateOptions(40 * Minute));
        await fixture.PassAsync(20 * Minute);
        Assert.Equal(40, fixture.GrantedMinutes);
        Assert.Equal(TimeSpan.FromMinutes(40), fixture.Session.Properties.MaxLeaseTime);
        await fixture.PassAsync(20 * Minute);
        Assert.Equal(43, fixture.GrantedMinutes);
    }

    [Fact]
    [ExpectedLog("LeaseEventHandlerFailed", "LeaseHandlerFailed", "LeaseLost", "SessionEnded")]
    public async Task HandlersThatThrow_DisturbNothing()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        RenderingLeaseRenewal renewal = fixture.Start();
        renewal.Changed += static (_, _) => throw new InvalidOperationException("handler");
        renewal.Lost.Register(static () => throw new InvalidOperationException("token"));
        await fixture.PassAsync(9 * Minute);
        Assert.Equal(13, fixture.GrantedMinutes);
        fixture.Emulator.StopSession("s1");
        await fixture.Session.GetPropertiesAsync();
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task RandomFaults_OnEveryOperation_NeverBuyTwiceAndNeverLapseUnnoticed(int seed)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start(LeaseFixture.Options(60 * Minute));
        fixture.Emulator.Faults.Randomize(
            seed, 0.4, EmulatorFault.CutBeforeEffect, EmulatorFault.CutAfterEffect, EmulatorFault.StatusAfterEffect(500),
            EmulatorFault.HalfOpenBeforeEffect, EmulatorFault.Throttled(TimeSpan.FromSeconds(5)), EmulatorFault.TruncatedBody);
        for (int minute = 0; minute < 50; minute++)
        {
            await fixture.PassAsync(Minute);
            EmulatedSession truth = fixture.Emulator.FindSession("s1")!;
            Assert.True(
                truth.State == SessionState.Ready || fixture.Renewal.Lost.IsCancellationRequested, $"minute {minute}: lapsed unnoticed");
            Assert.True(
                fixture.GrantedMinutes <= minute + 1 + 3 + 2 + 1 || fixture.GrantedMinutes == 10,
                $"minute {minute}: {fixture.GrantedMinutes} bought");
        }
    }
}
