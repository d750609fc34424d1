using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Sessions;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>
/// Leases beyond what this client asks for, and beyond what a timer of the system can wait for: other services may grant them.
/// </summary>
public class LongLeaseTests
{
    private const int Year = 365 * 24 * 60;

    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;

    public LongLeaseTests()
        => _service =
            new ScriptedService { Time = new SystemLimitsTimeProvider(_time), Otherwise = static _ => ScriptedSession.Ready(lease: Year) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LeaseOfAYear_ConnectsIsReadAndLetGo()
    {
        RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), _service);
        await ConnectionHarness.Within(session.ConnectAsync(cancellationToken: Token));
        Assert.Equal(TimeSpan.FromDays(365.0), (await session.GetPropertiesAsync(Token)).MaxLeaseTime);
        await ConnectionHarness.Within(session.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task LeaseOfAYear_IsWatchedByARenewal_AndRead()
    {
        await using RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), _service);
        await using RenderingLeaseRenewal renewal = session.StartLeaseRenewal(LeaseFixture.Options(TimeSpan.FromHours(8)));
        await session.GetPropertiesAsync(Token);
        await ConnectionHarness.UntilAsync(() => renewal.IsResting);

        // One watches the end, the other is the heartbeat.
        Assert.Equal(2, _time.PendingTimers);
    }

    [Fact]
    public async Task EndOfALongLease_IsAskedForWhenItHasCome_AndNotBefore()
    {
        _service.Otherwise = static _ => ScriptedSession.Ready(lease: Year / 5);
        await using RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), _service);
        await using var watch = new LeaseEndWatch(session, NullLogger.Instance);
        int before = _service.Requests.Count;
        await _time.PassAsync(session.Lease.RemainingAtMost!.Value - TimeSpan.FromMinutes(1.0));
        await ConnectionHarness.SettleAsync();
        Assert.Equal(before, _service.Requests.Count);

        // A clock may be wrong by a thousandth, which is 105 minutes in 73 days.
        await _time.PassAsync(TimeSpan.FromHours(2.0));
        await ConnectionHarness.UntilAsync(() => _service.Requests.Count > before);
    }

    [Fact]
    public async Task ServiceThatSaysWhenToComeBack_IsNotAskedAboutTheEndBefore()
    {
        _service.Otherwise = static _ => ScriptedSession.Ready(lease: 20);
        RemoteRenderingClient client = _service.Client(maxRetries: 0);
        await using RenderingSession session = await client.OpenRenderingSessionAsync("s1", Token);
        await using var watch = new LeaseEndWatch(session, NullLogger.Instance);
        int before = _service.Requests.Count;
        _service.Otherwise = static _ => ScriptedService.Answer(429, null, "application/json", ("Retry-After", "400"));
        await _time.PassAsync(session.Lease.RemainingAtMost!.Value);

        // One more timer is the limit of the request itself.
        await ConnectionHarness.UntilAsync(
            () => _service.Requests.Count == before + 1 && _time.PendingTimers == 1 && _time.UntilNextTimer != BoundedRead.Limit);
        Assert.Equal(TimeSpan.FromSeconds(400), _time.UntilNextTimer);
    }

    [Fact]
    [ExpectedLog("SessionListenerFailed")]
    public async Task ListenerThatThrows_FailsNoRead_AndTheOthersHear()
    {
        await using RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), _service);
        int heard = 0;
        session.PropertiesObserved += static _ => throw new InvalidOperationException("listener");
        session.PropertiesObserved += _ => heard++;
        Assert.Equal(RenderingSessionStatus.Ready, (await session.GetPropertiesAsync(Token)).Status);
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task LeaseThatCannotBeWatched_FailsTheConnect_AndNothingHangs()
    {
        await using var harness = new ConnectionHarness();
        harness.Allow("ConnectionRunFailed");
        harness.Environment.WatchError = new InvalidOperationException("no timer");
        RenderingConnectionException exception =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));
        Assert.Equal(RenderingConnectionReason.InternalError, exception.Reason);
        Assert.Equal(RenderingConnectionReason.InternalError, (await harness.EndAsync()).Reason);
    }
}
