using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>A service that accepts an update, answers with the lease of before, and applies the new one late or never.</summary>
public class UnappliedUpdateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static LeaseRenewalOptions Options => new(TimeSpan.FromHours(4));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [ExpectedLog("LeaseAttemptFailed")]
    [ExpectedLog("LeaseLost")]
    public async Task NeverApplied_NothingIsPromisedBeyondTheTruth_AndTheLossIsToldInTime(bool echoes)
    {
        // With echoes the first update is applied, so that there is something to lose.
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 5);
        if (!echoes)
        {
            fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.NeverApplied, 1_000);
        }
        else
        {
            await fixture.Session.RenewAsync(new RenderingSessionUpdateOptions(6 * Minute), Token);
            fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.NeverApplied, 1_000);
        }

        fixture.Start(Options);
        long start = fixture.Time.GetTimestamp();
        TimeSpan? lostAt = null;
        fixture.Renewal.Lost.Register(() => lostAt = fixture.Time.GetElapsedTime(start));
        TimeSpan end = (echoes ? 6 : 5) * Minute;
        for (TimeSpan passed = TimeSpan.Zero; passed < end && !fixture.Renewal.Completion.IsCompleted; passed += TimeSpan.FromSeconds(10))
        {
            Assert.True(fixture.Session.Lease.RemainingAtLeast <= end - passed, $"after {passed}: {fixture.Session.Lease}");
            await fixture.PassAsync(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(fixture.Renewal.Completion));
        Assert.InRange(lostAt!.Value, end - (1.1 * Minute), end);
        Assert.DoesNotContain(LeaseRenewalChangeKind.Renewed, fixture.Kinds);
        Assert.Contains(LeaseRenewalChangeKind.InDoubt, fixture.Kinds);
        Assert.Contains(
            fixture.Snapshot(), static change => change.Kind == LeaseRenewalChangeKind.AttemptFailed && change.Exception is not null);
        Assert.InRange(fixture.Updates, 2, 30);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(40)]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task AppliedLate_IsConfirmed_AndTheSessionLives(double seconds)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 5);
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.AppliedLate(TimeSpan.FromSeconds(seconds)), 1_000);
        fixture.Start(Options);
        await fixture.PassAsync(40 * Minute);
        Assert.False(fixture.Renewal.Completion.IsCompleted);
        Assert.Equal(SessionState.Ready, fixture.Emulator.FindSession("s1")!.State);
        Assert.True(fixture.Kinds.Count(static kind => kind == LeaseRenewalChangeKind.Renewed) >= 7);
        Assert.DoesNotContain(LeaseRenewalChangeKind.Lost, fixture.Kinds);
    }

    [Fact]
    public async Task ExplicitReads_SettleIt()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 5);
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.NeverApplied);
        RenderingSessionProperties answer = await fixture.Session.RenewAsync(new RenderingSessionUpdateOptions(30 * Minute), Token);
        Assert.Equal(5 * Minute, answer.MaxLeaseTime);
        RenderingSessionLease lease = fixture.Session.Lease;
        Assert.True(lease.IsInDoubt);
        Assert.InRange(lease.RemainingAtLeast!.Value, 3.9 * Minute, 5 * Minute);
        Assert.InRange(lease.RemainingAtMost!.Value, 29 * Minute, 30 * Minute);

        await fixture.Session.GetPropertiesAsync(Token);
        await fixture.Session.GetPropertiesAsync(Token);
        lease = fixture.Session.Lease;
        Assert.False(lease.IsInDoubt);
        Assert.InRange(lease.RemainingAtMost!.Value, Minute, 5 * Minute);

        // What is added is added to the truth.
        RenderingSessionProperties extended = await fixture.Session.ExtendLeaseAsync(5 * Minute, Token);
        Assert.Equal(10 * Minute, extended.MaxLeaseTime);
    }

    [Fact]
    public async Task Extensions_WhileTheFirstIsAppliedLate_AddUp()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 10);
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.AppliedLate(TimeSpan.FromSeconds(2)));
        await fixture.Session.ExtendLeaseAsync(5 * Minute, Token);
        await fixture.Session.ExtendLeaseAsync(5 * Minute, Token);
        Assert.Equal(20, fixture.GrantedMinutes);
    }

    [Fact]
    public async Task AnswerThatSaysStopped_IsTakenAsItIs()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync(leaseMinutes: 5);
        await fixture.Emulator.CreateClient().StopSessionAsync("s1", Token);
        await Assert.ThrowsAsync<Azure.RequestFailedException>(
            () => fixture.Session.RenewAsync(new RenderingSessionUpdateOptions(30 * Minute), Token));
        Assert.NotEqual(30 * Minute, fixture.Session.Properties.MaxLeaseTime);
    }
}
