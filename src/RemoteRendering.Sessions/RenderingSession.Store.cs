namespace RemoteRendering.Sessions;

/// <content>Who this device is to the session's host.</content>
public partial class RenderingSession
{
    private DeviceIdentity? _device;

    /// <summary>Gets who this device is; the same for all connections of the handle.</summary>
    internal DeviceIdentity Device
    {
        get
        {
            lock (_gate)
            {
                return _device ??= DeviceIdentity.Create(Client.ClientId);
            }
        }
    }

    /// <summary>The device that used the session before a restart is this one. Too late once the handle has an identity of its own.</summary>
    internal void BecomeDevice(RenderingSessionRecord record)
    {
        lock (_gate)
        {
            _device ??= new DeviceIdentity(record.ClientId, record.BindingKey);
        }
    }
}
