using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>The small decisions of a renewal, one by one.</summary>
public class LeaseRenewalEdgeTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ConcurrentQueue<(bool IsRead, double At)> _requests = new();
    private readonly ConcurrentQueue<LeaseRenewalChangeKind> _told = new();

    [Theory]
    [InlineData("Expired", LeaseRenewalEndReason.LeaseLost)]
    [InlineData("Stopped", LeaseRenewalEndReason.SessionEnded)]
    [InlineData("Error", LeaseRenewalEndReason.SessionEnded)]
    public async Task EndThatAnotherHeardOf_IsTheEndOfTheRenewal(string status, LeaseRenewalEndReason end)
    {
        FakeRenewableSession session = Session(static _ => { });
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 9));
        session.Hear(session.Lease, status);
        Assert.Equal(end, await ConnectionHarness.Within(renewal.Completion));
        Assert.True(renewal.Lost.IsCancellationRequested);
        Assert.Equal([LeaseRenewalChangeKind.Lost], _told);
        Assert.False(session.HasListeners);
    }

    /// <summary>What the application itself has stopped it has not lost: nothing is told, and no token is cancelled.</summary>
    [Theory]
    [InlineData("Stopped", LeaseRenewalEndReason.SessionEnded, false)]
    [InlineData("Expired", LeaseRenewalEndReason.LeaseLost, true)]
    public async Task EndOfASessionThatThisClientHasStopped_IsNoLoss_UnlessTheLeaseRanOutBefore(
        string status, LeaseRenewalEndReason end, bool isLoss)
    {
        FakeRenewableSession session = Session(static _ => { });
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.IsStoppedHere = true;
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 9), status);
        Assert.Equal(end, await ConnectionHarness.Within(renewal.Completion));
        Assert.Equal(isLoss, renewal.Lost.IsCancellationRequested);
        Assert.Equal(isLoss ? [LeaseRenewalChangeKind.Lost] : [], _told);
    }

    /// <summary>The renewal may look at the lease after an answer that the session has ended is known, and before that is told.</summary>
    [Theory]
    [InlineData("Stopped", LeaseRenewalEndReason.SessionEnded, false)]
    [InlineData("Expired", LeaseRenewalEndReason.LeaseLost, true)]
    public async Task LeaseThatIsOverWithItsSession_HasTheEndOfTheSession(string status, LeaseRenewalEndReason end, bool isLoss)
    {
        FakeRenewableSession session = Session(static _ => { });
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 9));
        session.IsStoppedHere = true;
        session.EndUntold(status);
        await _time.PassUntilAsync(() => renewal.HasEnded);
        Assert.Equal(end, await ConnectionHarness.Within(renewal.Completion));
        Assert.Equal(isLoss, renewal.Lost.IsCancellationRequested);
        Assert.Equal(isLoss ? [LeaseRenewalChangeKind.Lost] : [], _told);
    }

    [Fact]
    public async Task Stop_ListensNoMore()
    {
        FakeRenewableSession session = Session(static _ => { });
        RenderingLeaseRenewal renewal = await StartAsync(session);
        Assert.True(session.HasListeners);
        await ConnectionHarness.Within(renewal.StopAsync());
        Assert.False(session.HasListeners);
        Assert.Empty(_told);
    }

    [Fact]
    public async Task LeaseThatAnotherHeardOf_IsRenewedAtOnce()
    {
        FakeRenewableSession session = Session(static _ => { });
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 9));
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        Assert.Empty(_requests);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await ConnectionHarness.UntilAsync(() => !_requests.IsEmpty);
        Assert.Equal((false, 0), _requests.First());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task ReadThatIsRefusedToo_IsNotRepeatedAtOnce(int status)
    {
        FakeRenewableSession session = Session(_ => throw new RequestFailedException(status, "no"));
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await ConnectionHarness.UntilAsync(() => renewal.IsResting && _requests.Count > 1);
        Assert.Equal([(false, 0), (true, 0)], _requests);
        Assert.Equal([LeaseRenewalChangeKind.AttemptFailed, LeaseRenewalChangeKind.AttemptFailed], _told);
    }

    [Fact]
    public async Task LostAnswer_IsReadBackAtOnce()
    {
        FakeRenewableSession session = Session(static isRead =>
            throw (isRead ? new RequestFailedException(503, "no") : new RenderingOutcomeUnknownException("Update", "s1", null)));
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await ConnectionHarness.UntilAsync(() => renewal.IsResting && _requests.Count > 1);
        Assert.Equal([(false, 0), (true, 0)], _requests);
    }

    [Fact]
    public async Task LostAnswer_WhoseCauseSaysWhenToComeBack_WaitsForThat()
    {
        var cause = new RequestFailedException(new ThrottledResponse(retryAfterSeconds: 30));
        FakeRenewableSession session = Session(
            isRead => throw (isRead ? new RequestFailedException(503, "no") : new RenderingOutcomeUnknownException("Update", "s1", cause)));
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await UntilRequestsAsync(2);
        Assert.Equal([(false, 0), (true, 30)], _requests);
    }

    [Fact]
    public async Task PauseAfterAFailure_HasAShareOfChance()
    {
        FakeRenewableSession session = Session(static _ => throw new RequestFailedException(503, "no"));
        await using RenderingLeaseRenewal renewal = await StartAsync(session, random: 1);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await UntilRequestsAsync(3);
        Assert.Equal([0, 2.4, 7.2], _requests.Select(static request => request.At));
    }

    [Fact]
    public async Task CapThatIsReached_IsToldOnce_AlsoWhenADoubtComesBetween()
    {
        FakeRenewableSession session = Session(static _ => { });
        RenderingSessionLease atCap = FakeRenewableSession.LeaseWith(minutesLeft: 20, granted: 480);
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(atCap);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        session.Hear(new RenderingSessionLease(atCap.MaxLeaseTime, TimeSpan.Zero, atCap.RemainingAtMost, isInDoubt: true));
        await ConnectionHarness.UntilAsync(() => _requests.Count == 1 && renewal.IsResting);
        session.Hear(atCap);
        await ConnectionHarness.UntilAsync(() => _told.Contains(LeaseRenewalChangeKind.Confirmed) && renewal.IsResting);
        Assert.Equal([LeaseRenewalChangeKind.CapReached, LeaseRenewalChangeKind.InDoubt, LeaseRenewalChangeKind.Confirmed], _told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EndThatComesJustAfterAnAnswer_IsTheLastThatIsTold(bool succeeds)
    {
        FakeRenewableSession? session = null;
        session = Session(_ =>
        {
            session!.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 9, granted: 15));
            session.OnNextLook(() => session.Hear(session.Lease, "Stopped"));
            if (!succeeds)
            {
                throw new RequestFailedException(503, "no");
            }
        });
        await using RenderingLeaseRenewal renewal = await StartAsync(session);
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        await ConnectionHarness.Within(renewal.StopAsync(TestContext.Current.CancellationToken));
        Assert.Equal([LeaseRenewalChangeKind.Lost], _told);
    }

    [Fact]
    public async Task Stop_ThatIsCancelledWhileAHandlerIsBusy_DoesNotWaitForIt()
    {
        var busy = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        FakeRenewableSession session = Session(static _ => throw new RequestFailedException(503, "no"));
        RenderingLeaseRenewal renewal = await StartAsync(session);
        renewal.Changed += (_, _) =>
        {
            busy.TrySetResult();
            release.Task.Wait(ConnectionHarness.Patience);
        };
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await ConnectionHarness.Within(busy.Task);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => ConnectionHarness.Within(renewal.StopAsync(new CancellationToken(canceled: true))));
        Assert.True(renewal.HasEnded);
        release.SetResult();
        await ConnectionHarness.Within(renewal.StopAsync(TestContext.Current.CancellationToken));
        Assert.Equal(LeaseRenewalEndReason.Stopped, await renewal.Completion);
    }

    private FakeRenewableSession Session(Action<bool> answer) => new(isRead =>
    {
        _requests.Enqueue((isRead, _time.GetElapsedTime(0).TotalSeconds));
        answer(isRead);
        return Task.CompletedTask;
    });

    /// <summary>Starts a renewal of a session of which nothing is known, so that all that is told has a listener.</summary>
    private async Task<RenderingLeaseRenewal> StartAsync(FakeRenewableSession session, double random = 0)
    {
        session.IsInUse = false;
        var renewal =
            new RenderingLeaseRenewal(session, new LeaseRenewalOptions(TimeSpan.FromHours(8)), _time, NullLogger.Instance, () => random);
        renewal.Changed += (_, change) => _told.Enqueue(change.Kind);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);
        session.IsInUse = true;
        return renewal;
    }

    private Task UntilRequestsAsync(int count) => _time.PassUntilAsync(() => _requests.Count >= count);
}
