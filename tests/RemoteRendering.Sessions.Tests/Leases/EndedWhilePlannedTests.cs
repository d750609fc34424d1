using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>
/// A session that ends between two looks of its renewal: the zero of its lease is no reason for a request, and a refused request no
/// failure.
/// </summary>
public sealed class EndedWhilePlannedTests
{
    [Fact]
    public async Task SessionEndsBeforeTheStepIsPlanned_NothingIsSent()
    {
        var session = new EndingSession(looksBeforeTheEnd: 2);
        var renewal = new RenderingLeaseRenewal(
            session, new LeaseRenewalOptions(TimeSpan.FromHours(8)), new VirtualTimeProvider(), NullLogger.Instance, static () => 0);

        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        await renewal.DisposeAsync();

        Assert.Equal(0, session.Requests);
    }

    [Fact]
    public async Task SessionEndsDuringTheRequest_IsNoFailedAttempt()
    {
        var session = new EndingSession(looksBeforeTheEnd: int.MaxValue, isShort: true);
        var told = new ConcurrentQueue<LeaseRenewalChangeKind>();
        var renewal = new RenderingLeaseRenewal(
            session, new LeaseRenewalOptions(TimeSpan.FromHours(8)), new VirtualTimeProvider(), NullLogger.Instance, static () => 0);
        renewal.Changed += (_, change) => told.Enqueue(change.Kind);
        session.Go.SetResult();

        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        await renewal.DisposeAsync();

        Assert.Equal(1, session.Requests);
        Assert.DoesNotContain(LeaseRenewalChangeKind.AttemptFailed, told);
    }

    /// <summary>Ends in Error after a number of looks at its lease, or during the first request.</summary>
    private sealed class EndingSession(int looksBeforeTheEnd, bool isShort = false) : IRenewableSession
    {
        private int _looks;
        private int _requests;
        private volatile bool _hasEnded;

        public event Action<RenderingSessionProperties>? Observed
        {
            add { }
            remove { }
        }

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Requests => Volatile.Read(ref _requests);

        public string SessionId => "s1";

        public RenderingSessionStatus Status => _hasEnded ? RenderingSessionStatus.Error : RenderingSessionStatus.Ready;

        public RenderingSessionLease Lease
        {
            get
            {
                _hasEnded |= Interlocked.Increment(ref _looks) > looksBeforeTheEnd;
                return _hasEnded
                    ? new RenderingSessionLease(TimeSpan.FromMinutes(20), TimeSpan.Zero, TimeSpan.Zero, isInDoubt: false)
                    : FakeRenewableSession.LeaseWith(minutesLeft: isShort ? 1 : 19);
            }
        }

        public bool IsInUse => true;

        public bool IsStoppedHere => false;

        public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => RefuseAsync();

        public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken) => RefuseAsync();

        private async Task<RenderingSessionProperties> RefuseAsync()
        {
            Interlocked.Increment(ref _requests);
            await Go.Task;
            _hasEnded = true;
            throw new RequestFailedException(422, "The session has ended.");
        }
    }
}
