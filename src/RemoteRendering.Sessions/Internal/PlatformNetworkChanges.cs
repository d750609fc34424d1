using System.Net.NetworkInformation;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Reports the network changes of the platform, with one registration for the whole process while there is a listener.</summary>
internal sealed class PlatformNetworkChanges : INetworkChanges
{
    private readonly object _gate = new();
    private Action[] _listeners = [];
    private bool _isRegistered;

    private PlatformNetworkChanges()
    {
    }

    public static PlatformNetworkChanges Instance { get; } = new();

    public IDisposable? Subscribe(Action changed)
    {
        lock (_gate)
        {
            if (!_isRegistered && !TryRegister_NeedsLock())
            {
                return null;
            }

            _listeners = [.. _listeners, changed];
            return new Subscription(this, changed);
        }
    }

    private bool TryRegister_NeedsLock()
    {
        try
        {
            // The platform keeps the execution context of the registering caller while it is registered.
            if (ExecutionContext.IsFlowSuppressed())
            {
                NetworkChange.NetworkAddressChanged += OnChanged;
            }
            else
            {
                using (ExecutionContext.SuppressFlow())
                {
                    NetworkChange.NetworkAddressChanged += OnChanged;
                }
            }

            _isRegistered = true;
        }
        catch (Exception)
        {
            // The platform has no such event, or does not permit this process to listen: no changes are reported.
        }

        return _isRegistered;
    }

    private void Unsubscribe(Action changed)
    {
        lock (_gate)
        {
            int index = Array.IndexOf(_listeners, changed);
            if (index < 0)
            {
                return;
            }

            _listeners = [.. _listeners.Take(index), .. _listeners.Skip(index + 1)];
            if (_listeners.Length == 0)
            {
                NetworkChange.NetworkAddressChanged -= OnChanged;
                _isRegistered = false;
            }
        }
    }

    private void OnChanged(object? sender, EventArgs arguments)
    {
        foreach (Action listener in Volatile.Read(ref _listeners))
        {
            listener();
        }
    }

    private sealed class Subscription(PlatformNetworkChanges owner, Action changed) : IDisposable
    {
        private Action? _changed = changed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _changed, null) is { } changed)
            {
                owner.Unsubscribe(changed);
            }
        }
    }
}
