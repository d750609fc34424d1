using RemoteRendering.Sessions.Leases;
namespace RemoteRendering.Sessions.Tests.Leases.Support;

/// <summary>A session in use whose lease is what a test says, and which answers what a test says.</summary>
/// <param name="answer">Told whether it is a read; the other kind asks for a longer lease.</param>
internal sealed class FakeRenewableSession(Func<bool, Task> answer) : IRenewableSession
{
    private Action? _onNextLook;

    public event Action<RenderingSessionProperties>? Observed;

    public string SessionId => "s1";

    public RenderingSessionLease Lease
    {
        get
        {
            Interlocked.Exchange(ref _onNextLook, null)?.Invoke();
            return field;
        }

        private set;
    } = new(null, null, null, isInDoubt: false);

    public RenderingSessionStatus Status { get; private set; } = RenderingSessionStatus.Ready;

    public bool IsInUse { get; set; } = true;

    public bool IsStoppedHere { get; set; }

    public bool HasListeners => Observed is not null;

    public static RenderingSessionLease LeaseWith(double minutesLeft, double granted = 10)
        => new(TimeSpan.FromMinutes(granted), TimeSpan.FromMinutes(minutesLeft), TimeSpan.FromMinutes(minutesLeft + 1), isInDoubt: false);

    /// <summary>Something happens just when the renewal looks at the lease.</summary>
    public void OnNextLook(Action happening) => _onNextLook = happening;

    /// <summary>The session is known to have ended, and has no lease left; its observers are not told yet.</summary>
    public void EndUntold(string status)
    {
        Status = status;
        Lease = new RenderingSessionLease(Lease.MaxLeaseTime, TimeSpan.Zero, TimeSpan.Zero, isInDoubt: false);
    }

    /// <summary>An answer of the service says this of the session.</summary>
    public void Hear(RenderingSessionLease lease, string status = "Ready")
    {
        Lease = lease;
        Status = status;
        Observed?.Invoke(new RenderingSessionProperties(SessionId, status, RenderingSessionVmSize.Standard));
    }

    public async Task<RenderingSessionProperties> RefreshAsync(CancellationToken cancellationToken)
    {
        await answer(true);
        return new RenderingSessionProperties(SessionId, RenderingSessionStatus.Ready, RenderingSessionVmSize.Standard);
    }

    public async Task<RenderingSessionProperties> RenewAsync(TimeSpan maxLeaseTime, CancellationToken cancellationToken)
    {
        await answer(false);
        return new RenderingSessionProperties(SessionId, RenderingSessionStatus.Ready, RenderingSessionVmSize.Standard);
    }
}
