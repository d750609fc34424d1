using RemoteRendering.Sessions.Leases;
namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>A session in use with a minute left, whose requests do what a test says.</summary>
/// <param name="request">Told whether it is a read; the other kind asks for a longer lease.</param>
internal sealed class NearlyExpiredSession(Func<bool, Task<RenderingSessionProperties>> request) : IRenewableSession
{
    public event Action<RenderingSessionProperties>? Observed
    {
        add { }
        remove { }
    }

    public string SessionId => "s1";

    public RenderingSessionLease Lease { get; } =
        new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), isInDoubt: false);

    public RenderingSessionStatus Status => RenderingSessionStatus.Ready;

    public bool IsInUse => true;

    public bool IsStoppedHere => false;

    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => request(true);

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken) => request(false);
}
