using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections;

/// <summary>
/// Who this client is to the host of each session. A host tells devices apart by their keys, so a handle that is opened again after it was disposed must show the same one. Each session has a key of
/// its own: no host learns what would open another. Thread-safe.
/// </summary>
internal sealed class DeviceIdentities(string clientId)
{
    /// <summary>How many are kept: more sessions than a client has had in use since the oldest one was last made.</summary>
    public const int Capacity = 1024;

    private readonly Dictionary<string, DeviceIdentity> _devices = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Gets the identity for a session; makes one when there is none.</summary>
    public DeviceIdentity GetOrAdd(string sessionId)
    {
        lock (_devices)
        {
            return _devices.TryGetValue(sessionId, out DeviceIdentity? known) ? known : Add_NeedsLock(sessionId, DeviceIdentity.Create(clientId));
        }
    }

    /// <summary>Takes over the identity that was used for a session before a restart, unless there is one already.</summary>
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
