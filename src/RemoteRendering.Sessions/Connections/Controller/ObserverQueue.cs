using Microsoft.Extensions.Logging;

namespace RemoteRendering.Sessions.Connections.Controller;

/// <summary>
/// Delivers changes to the callbacks of the application: in order, one at a time, on the thread pool or inside <see cref="Pump"/>. Without
/// callbacks it allocates nothing.
/// </summary>
/// <remarks>
/// An exception from a callback is logged and does not prevent the next callback. A callback that blocks delays only the callbacks after
/// it.
/// </remarks>
internal sealed class ObserverQueue(object sender, ILogger logger)
{
    private static readonly WaitCallback DrainOnPool = static state => ((ObserverQueue)state!).Drain(pumping: false);

    private readonly object _lock = new();
    private readonly Queue<Notice> _pending = new();
    private EventHandler<ConnectionStatusChangedEventArgs>? _handlers;
    private bool _draining;
    private bool _pumped;

    public void Add(EventHandler<ConnectionStatusChangedEventArgs>? handler)
    {
        lock (_lock)
        {
            _handlers += handler;
        }
    }

    public void Remove(EventHandler<ConnectionStatusChangedEventArgs>? handler)
    {
        lock (_lock)
        {
            _handlers -= handler;
        }
    }

    /// <summary>Adds a change, under the lock of the controller, so that the order is that of the changes.</summary>
    public void Enqueue(IConnectionRun run, in RenderingConnectionChange change)
    {
        lock (_lock)
        {
            if (_handlers is null && !change.IsTerminal)
            {
                return;
            }

            _pending.Enqueue(new Notice(run, change));
            _pumped = run.PumpCallbacks;
            if (_pumped || _draining)
            {
                return;
            }

            _draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(DrainOnPool, this);
    }

    /// <summary>Adds another callback of a run, which runs in order with the changes.</summary>
    public void Post(bool pumped, Action callback)
    {
        lock (_lock)
        {
            _pending.Enqueue(new Notice(callback));
            _pumped = pumped;
            if (_pumped || _draining)
            {
                return;
            }

            _draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(DrainOnPool, this);
    }

    /// <summary>
    /// Runs pending callbacks on the calling thread. Does nothing when callbacks are not pumped, or when callbacks are running, on another
    /// thread or further up the stack.
    /// </summary>
    public void Pump()
    {
        lock (_lock)
        {
            if (!_pumped || _draining || _pending.Count == 0)
            {
                return;
            }

            _draining = true;
        }

        Drain(pumping: true);
    }

    private void Drain(bool pumping)
    {
        while (true)
        {
            Notice notice;
            EventHandler<ConnectionStatusChangedEventArgs>? handlers;
            lock (_lock)
            {
                if (_pending.Count == 0 || _pumped != pumping)
                {
                    // After a change of the mode, the rest is delivered in the other way.
                    bool handOver = _pending.Count > 0 && !_pumped;
                    _draining = handOver;
                    if (handOver)
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(DrainOnPool, this);
                    }

                    return;
                }

                notice = _pending.Dequeue();
                handlers = _handlers;
            }

            Deliver(notice, handlers);
        }
    }

    private void Deliver(in Notice notice, EventHandler<ConnectionStatusChangedEventArgs>? handlers)
    {
        if (notice.Callback is { } callback)
        {
            try
            {
                callback();
            }
            catch (Exception exception)
            {
                ConnectionLog.OtherCallbackFailed(logger, exception);
            }

            return;
        }

        if (notice.Change.IsTerminal)
        {
            try
            {
                notice.Run!.CancelLost();
            }
            catch (Exception exception)
            {
                ConnectionLog.CallbackFailed(logger, exception, notice.Change.Number);
            }
        }

        if (handlers is null)
        {
            return;
        }

        var arguments = new ConnectionStatusChangedEventArgs(notice.Change);
        foreach (Delegate handler in handlers.GetInvocationList())
        {
            try
            {
                ((EventHandler<ConnectionStatusChangedEventArgs>)handler)(sender, arguments);
            }
            catch (Exception exception)
            {
                ConnectionLog.CallbackFailed(logger, exception, notice.Change.Number);
            }
        }
    }

    private readonly struct Notice
    {
        public Notice(IConnectionRun run, RenderingConnectionChange change)
        {
            Run = run;
            Change = change;
        }

        public Notice(Action callback) => Callback = callback;

        public IConnectionRun? Run { get; }

        public RenderingConnectionChange Change { get; }

        public Action? Callback { get; }
    }
}
