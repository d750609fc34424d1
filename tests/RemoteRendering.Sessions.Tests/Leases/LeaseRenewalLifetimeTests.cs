using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>How renewals begin and end: by whom, and how many at a time.</summary>
public class LeaseRenewalLifetimeTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Stop_LeavesNothingBehind_AndIsNoLoss()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        RenderingLeaseRenewal renewal = fixture.Start();
        await fixture.PassAsync(Minute);
        await renewal.DisposeAsync();
        await renewal.DisposeAsync();
        Assert.Equal(LeaseRenewalEndReason.Stopped, await ConnectionHarness.Within(renewal.Completion));
        Assert.False(renewal.Lost.IsCancellationRequested);
        await fixture.NoTimerIsLeftAsync();
        Assert.Empty(fixture.Kinds);
        fixture.Start();
    }

    [Fact]
    [ExpectedLog("LeaseAttemptFailed")]
    public async Task Stop_WhileARequestHangs_ReturnsAndNothingIsSentLater()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        RenderingLeaseRenewal renewal = fixture.Start();
        fixture.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.HalfOpenBeforeEffect, 1_000);
        await fixture.PassAsync(TimeSpan.FromMinutes(8.2));
        await renewal.StopAsync();
        await fixture.NoTimerIsLeftAsync();
        Assert.Equal(10, fixture.GrantedMinutes);
    }

    [Fact]
    public async Task Stop_JustAsARequestFails_ReturnsAllTheSame()
    {
        RenderingLeaseRenewal? renewal = null;
        var started = new TaskCompletionSource();
        var stopped = new TaskCompletionSource<Task>();
        var session = new NearlyExpiredSession(_ =>
        {
            started.Task.Wait(ConnectionHarness.Patience);
            stopped.SetResult(renewal!.StopAsync());
            return Task.FromException<RenderingSessionProperties>(new RequestFailedException(0, "no answer"));
        });
        renewal = new RenderingLeaseRenewal(
            session, LeaseFixture.Options(8 * 60 * Minute), new VirtualTimeProvider(), NullLogger.Instance, static () => 0);
        started.SetResult();
        await ConnectionHarness.Within(await ConnectionHarness.Within(stopped.Task));
        Assert.Equal(LeaseRenewalEndReason.Stopped, await renewal.Completion);
    }

    [Fact]
    public async Task OneRenewalAtATime()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start();
        Assert.Throws<InvalidOperationException>(() => fixture.Session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1))));
        Assert.Throws<ArgumentNullException>("options", () => fixture.Session.StartLeaseRenewal(null!));
        Assert.Throws<ArgumentException>(
            "options", () => fixture.Session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1)) { Threshold = Minute / 6 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [ExpectedLog("LeaseLost")]
    public async Task HandlerOfTheLoss_CanStartAnother_WhileTheSessionLives(bool byToken)
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        fixture.Start(LeaseFixture.Options(10 * Minute));
        RenderingLeaseRenewal lost = fixture.Renewal;
        var next = new TaskCompletionSource<RenderingLeaseRenewal>();
        void StartAnother()
        {
            try
            {
                Assert.Null(fixture.Session.LeaseRenewal);
                next.TrySetResult(fixture.Session.StartLeaseRenewal(LeaseFixture.Options(TimeSpan.FromHours(8))));
            }
            catch (Exception exception)
            {
                next.TrySetException(exception);
            }
        }

        if (byToken)
        {
            lost.Lost.Register(StartAnother);
        }
        else
        {
            lost.Changed += (_, change) =>
            {
                if (change.Kind == LeaseRenewalChangeKind.Lost)
                {
                    StartAnother();
                }
            };
        }

        await fixture.PassAsync(10 * Minute - TimeSpan.FromSeconds(30));
        Assert.Equal(LeaseRenewalEndReason.LeaseLost, await ConnectionHarness.Within(lost.Completion));
        fixture.Listen(await ConnectionHarness.Within(next.Task));
        Assert.Same(fixture.Renewal, fixture.Session.LeaseRenewal);
        await ConnectionHarness.UntilAsync(() => fixture.GrantedMinutes == 13);
        Assert.False(fixture.Renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Start_OnAnEndedSession_SaysSo()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        await fixture.Session.StopAsync();
        Assert.Throws<RenderingSessionEndedException>(
            () => fixture.Session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1))));
    }

    [Fact]
    public async Task DisposingTheHandle_StopsTheRenewal()
    {
        await using LeaseFixture fixture = await LeaseFixture.CreateAsync();
        RenderingLeaseRenewal renewal = fixture.Start();
        await fixture.Session.DisposeAsync();
        Assert.Equal(LeaseRenewalEndReason.Stopped, await ConnectionHarness.Within(renewal.Completion));
        await fixture.NoTimerIsLeftAsync();
        Assert.Throws<ObjectDisposedException>(() => fixture.Session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1))));
    }
}
