using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Leases;

/// <summary>
/// Delivers the changes of a renewal to its handlers: in order, one at a time, on the thread pool, outside all locks and without the
/// execution context of the renewal. A handler may call any member and wait for it. A handler that blocks delays only the handlers after
/// it.
/// </summary>
internal sealed class LeaseRenewalEvents(RenderingLeaseRenewal owner, ILogger logger)
{
    private static readonly WaitCallback DrainOnPool = static state => ((LeaseRenewalEvents)state!).Drain();

    private readonly object _gate = new();
    private readonly Queue<object> _pending = new();
    private bool _isDraining;

    public event EventHandler<LeaseRenewalEventArgs>? Handlers;

    /// <summary>Gets a value indicating whether all handlers have returned.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isDraining;
            }
        }
    }

    public void Add(LeaseRenewalChangeKind change, RenderingSessionLease lease, Exception? exception = null)
        => Enqueue(new LeaseRenewalEventArgs(change, lease, exception));

    /// <summary>Waits until the handlers of all changes that were added before have returned.</summary>
    public Task WhenTold()
    {
        var told = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(told);
        return told.Task;
    }

    private void Enqueue(object notice)
    {
        lock (_gate)
        {
            _pending.Enqueue(notice);
            if (_isDraining)
            {
                return;
            }

            _isDraining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(DrainOnPool, this);
    }

    private void Drain()
    {
        while (true)
        {
            object next;
            lock (_gate)
            {
                if (_pending.Count == 0)
                {
                    _isDraining = false;
                    return;
                }

                next = _pending.Dequeue();
            }

            if (next is TaskCompletionSource<bool> told)
            {
                told.TrySetResult(true);
            }
            else
            {
                Tell((LeaseRenewalEventArgs)next);
            }
        }
    }

    private void Tell(LeaseRenewalEventArgs change)
    {
        foreach (Delegate handler in Handlers?.GetInvocationList() ?? [])
        {
            try
            {
                ((EventHandler<LeaseRenewalEventArgs>)handler)(owner, change);
            }
            catch (Exception exception)
            {
                LeaseLog.EventHandlerFailed(logger, owner.SessionId, exception);
            }
        }
    }
}
