using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalAttemptTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ConcurrentQueue<bool> _reads = new();
    private readonly ConcurrentQueue<TimeSpan> _times = new();

    [Fact]
    public async Task SessionThatIsGone_EndsTheRenewal()
    {
        await using RenderingLeaseRenewal renewal = Start(static _ => 404);
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        Assert.True(renewal.Lost.IsCancellationRequested);
        Assert.Single(_reads);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(409)]
    [InlineData(422)]
    public async Task Refusal_IsReadBackAtOnce(int status)
    {
        await using RenderingLeaseRenewal renewal = Start(isRead => isRead ? 503 : status);
        await ConnectionHarness.UntilAsync(() => _reads.Count == 2 && renewal.IsResting);
        Assert.Equal([false, true], _reads);
    }

    [Fact]
    public async Task Failure_IsToldAndTriedAgainAfterAPauseThatGrows()
    {
        var told = new ConcurrentQueue<Exception?>();
        await using RenderingLeaseRenewal renewal =
            Start(static _ => 503, change => told.Enqueue(change.Kind == LeaseRenewalChangeKind.AttemptFailed ? change.Exception : null));
        await _time.PassUntilAsync(() => _reads.Count == 3);

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)], _times);
        Assert.All(told, static error => Assert.Equal(503, Assert.IsType<RequestFailedException>(error).Status));
        Assert.InRange(told.Count, 2, 3);
    }

    private RenderingLeaseRenewal Start(Func<bool, int> status, Action<LeaseRenewalEventArgs>? changed = null)
    {
        var started = new TaskCompletionSource();
        var session = new NearlyExpiredSession(async isRead =>
        {
            await started.Task;
            _times.Enqueue(_time.GetElapsedTime(0));
            _reads.Enqueue(isRead);
            throw new RequestFailedException(status(isRead), "no");
        });
        var renewal = new RenderingLeaseRenewal(
            session, new LeaseRenewalOptions(TimeSpan.FromHours(8)) { RetryDelay = TimeSpan.FromSeconds(5) }, _time, NullLogger.Instance,
            static ()
                => 0);
        renewal.Changed += (_, change) => changed?.Invoke(change);
        started.SetResult();
        return renewal;
    }
}
