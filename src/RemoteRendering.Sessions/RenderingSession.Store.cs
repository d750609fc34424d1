using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions;

/// <content>The identity of this device for the host of the session.</content>
public partial class RenderingSession
{
    private DeviceIdentity? _device;

    /// <summary>Gets the identity of this device, the same for all connections of the session from this client.</summary>
    internal DeviceIdentity Device
    {
        get
        {
            lock (_gate)
            {
                return _device ??= Client.Devices.GetOrAdd(SessionUuid);
            }
        }
    }

    /// <summary>
    /// Adopts the device identity that used the session before a restart. It has no effect once this client has an identity for the
    /// session.
    /// </summary>
    internal void AdoptDevice(RenderingSessionRecord record)
    {
        lock (_gate)
        {
            _device ??= Client.Devices.GetOrAdd(SessionUuid, new DeviceIdentity(record.ClientId, record.BindingKey));
        }
    }
}
