using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections;

/// <summary>
/// Stores the device identity of this client for each session. A host distinguishes devices by their keys, so a handle that is opened again
/// after its dispose must use the same key. Each session has a key of its own, so that no host receives the key of another session.
/// Thread-safe.
/// </summary>
internal sealed class DeviceIdentities(string clientId)
{
    /// <summary>The number of identities that are kept: 1,024, more than the sessions that a client has in use at a time.</summary>
    public const int Capacity = 1024;

    private readonly Dictionary<string, DeviceIdentity> _devices = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Gets the identity for a session; creates one when there is none.</summary>
    public DeviceIdentity GetOrAdd(string sessionId)
    {
        lock (_devices)
        {
            return _devices.TryGetValue(sessionId, out DeviceIdentity? known)
                ? known
                : Add_NeedsLock(sessionId, DeviceIdentity.Create(clientId));
        }
    }

    /// <summary>Adopts the identity that was used for a session before a restart, unless there is one already.</summary>
    public DeviceIdentity GetOrAdd(string sessionId, DeviceIdentity before)
    {
        lock (_devices)
        {
            return _devices.TryGetValue(sessionId, out DeviceIdentity? known) ? known : Add_NeedsLock(sessionId, before);
        }
    }

    private DeviceIdentity Add_NeedsLock(string sessionId, DeviceIdentity device)
    {
        if (_order.Count == Capacity)
        {
            _devices.Remove(_order.Dequeue());
        }

        _devices.Add(sessionId, device);
        _order.Enqueue(sessionId);
        return device;
    }
}
