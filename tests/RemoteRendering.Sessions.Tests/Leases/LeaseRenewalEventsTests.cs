using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Leases;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalEventsTests
{
    private static readonly RenderingSessionLease Lease =
        new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), isInDoubt: false);

    private readonly LeaseRenewalEvents _events = new(new FakeRenewal(), NullLogger.Instance);
    private readonly List<string> _log = [];

    [Fact]
    public async Task HandlerThatCausesAChange_IsDoneBeforeItHearsIt()
    {
        _events.Handlers += (_, change) =>
        {
            _log.Add($"begin {change.Kind}");
            if (change.Kind == LeaseRenewalChangeKind.Renewed)
            {
                _events.Add(LeaseRenewalChangeKind.CapReached, Lease);
            }

            _log.Add($"end {change.Kind}");
        };
        _events.Add(LeaseRenewalChangeKind.Renewed, Lease);
        await ConnectionHarness.UntilAsync(() => _events.IsIdle);
        Assert.Equal(["begin Renewed", "end Renewed", "begin CapReached", "end CapReached"], _log);
    }

    [Fact]
    public async Task HandlerThatWasTakenAway_HearsNothing()
    {
        EventHandler<LeaseRenewalEventArgs> handler = (_, change) => _log.Add($"{change.Kind}");
        _events.Handlers += handler;
        _events.Handlers -= handler;
        _events.Add(LeaseRenewalChangeKind.Renewed, Lease);
        await ConnectionHarness.Within(_events.WhenTold());
        Assert.Empty(_log);
    }

    [Fact]
    public async Task HandlerThatThrows_KeepsNothingFromTheOthers()
    {
        _events.Handlers += static (_, _) => throw new InvalidOperationException("handler");
        _events.Handlers += (_, change) => _log.Add($"{change.Kind}");
        _events.Add(LeaseRenewalChangeKind.Renewed, Lease);
        _events.Add(LeaseRenewalChangeKind.CapReached, Lease);
        await ConnectionHarness.Within(_events.WhenTold());
        Assert.Equal(["Renewed", "CapReached"], _log);
    }

    private sealed class FakeRenewal : RenderingLeaseRenewal
    {
        public override string SessionId => "s1";
    }
}
