using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions;

/// <content>Who this device is to the session's host.</content>
public partial class RenderingSession
{
    private DeviceIdentity? _device;

    /// <summary>Gets who this device is; the same for all connections of the session from this client.</summary>
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

    /// <summary>The device that used the session before a restart is this one. Too late once this client has an identity of its own for it.</summary>
    internal void BecomeDevice(RenderingSessionRecord record)
    {
        lock (_gate)
        {
            _device ??= Client.Devices.GetOrAdd(SessionUuid, new DeviceIdentity(record.ClientId, record.BindingKey));
        }
    }
}
