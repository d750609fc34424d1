namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>A session in use with a minute left, whose requests do what a test says.</summary>
internal sealed class NearlyExpiredSession(Func<Task<RenderingSessionProperties>> request) : IRenewableSession
{
    public event Action<RenderingSessionProperties>? Observed
    {
        add { }
        remove { }
    }

    public string SessionId => "s1";

    public RenderingSessionLease Lease { get; } = new(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), isInDoubt: false);

    public bool IsInUse => true;

    public Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken) => request();

    public Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken) => request();
}
