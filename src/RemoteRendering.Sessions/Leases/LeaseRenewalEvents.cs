using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions;

/// <summary>Tells a renewal's changes to its handlers: in order, one at a time, outside every lock.</summary>
internal sealed partial class LeaseRenewalEvents(RenderingLeaseRenewal owner, ILogger logger)
{
    private readonly object _gate = new();
    private readonly Queue<LeaseRenewalEventArgs> _pending = new();
    private bool _isDraining;

    public event EventHandler<LeaseRenewalEventArgs>? Handlers;

    public void Add(LeaseRenewalChange change, RenderingSessionLease lease, Exception? exception = null)
    {
        lock (_gate)
        {
            _pending.Enqueue(new LeaseRenewalEventArgs(change, lease, exception));
        }
    }

    public void Drain()
    {
        while (true)
        {
            LeaseRenewalEventArgs next;
            lock (_gate)
            {
                // Somebody else is at it, maybe further up on this very stack: they will come to ours.
                if (_pending.Count == 0 || _isDraining)
                {
                    return;
                }

                _isDraining = true;
                next = _pending.Dequeue();
            }

            try
            {
                Handlers?.Invoke(owner, next);
            }
            catch (Exception exception)
            {
                LogHandlerFailed(logger, owner.SessionId, exception);
            }

            lock (_gate)
            {
                _isDraining = false;
            }
        }
    }

    [LoggerMessage(EventId = 204, EventName = "LeaseEventHandlerFailed", Level = LogLevel.Error, Message = "A handler of the lease changes of session {SessionId} threw.")]
    private static partial void LogHandlerFailed(ILogger logger, string sessionId, Exception exception);
}
