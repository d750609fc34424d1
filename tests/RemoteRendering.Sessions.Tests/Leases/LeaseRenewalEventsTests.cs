using Microsoft.Extensions.Logging.Abstractions;

namespace RemoteRendering.Sessions.Tests.Leases;

public class LeaseRenewalEventsTests
{
    private static readonly RenderingSessionLease Lease = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), isInDoubt: false);

    private readonly LeaseRenewalEvents _events = new(null!, NullLogger.Instance);
    private readonly List<string> _log = [];

    [Fact]
    public void HandlerThatCausesAChange_IsDoneBeforeItHearsIt()
    {
        _events.Handlers += (_, change) =>
        {
            _log.Add($"begin {change.Change}");
            if (change.Change == LeaseRenewalChange.Renewed)
            {
                _events.Add(LeaseRenewalChange.CapReached, Lease);
                _events.Drain();
            }

            _log.Add($"end {change.Change}");
        };
        _events.Add(LeaseRenewalChange.Renewed, Lease);
        _events.Drain();
        Assert.Equal(["begin Renewed", "end Renewed", "begin CapReached", "end CapReached"], _log);
    }

    [Fact]
    public void HandlerThatWasTakenAway_HearsNothing()
    {
        EventHandler<LeaseRenewalEventArgs> handler = (_, change) => _log.Add($"{change.Change}");
        _events.Handlers += handler;
        _events.Handlers -= handler;
        _events.Add(LeaseRenewalChange.Renewed, Lease);
        _events.Drain();
        Assert.Empty(_log);
    }
}
