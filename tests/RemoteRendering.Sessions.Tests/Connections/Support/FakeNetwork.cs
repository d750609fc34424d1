using RemoteRendering.Sessions.Internal;
namespace RemoteRendering.Sessions.Tests.Connections.Support;

/// <summary>A platform that tells of a change of the network when a test says so.</summary>
internal sealed class FakeNetwork : INetworkChanges
{
    private readonly Lock _gate = new();
    private readonly List<Action> _listeners = [];

    /// <summary>Whether the platform tells nothing.</summary>
    public bool IsMissing { get; set; }

    public int Listeners
    {
        get
        {
            lock (_gate)
            {
                return _listeners.Count;
            }
        }
    }

    public IDisposable? Subscribe(Action changed)
    {
        if (IsMissing)
        {
            return null;
        }

        lock (_gate)
        {
            _listeners.Add(changed);
        }

        return new Subscription(this, changed);
    }

    public void Change()
    {
        Action[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners];
        }

        Assert.All(listeners, listener => listener());
    }

    private sealed class Subscription(FakeNetwork owner, Action changed) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._listeners.Remove(changed);
            }
        }
    }
}
