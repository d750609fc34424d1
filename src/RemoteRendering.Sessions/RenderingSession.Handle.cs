using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <content>The members of the handle that its connections use.</content>
public partial class RenderingSession : ISessionHandle
{
    event Action<RenderingSessionProperties>? ISessionHandle.PropertiesObserved
    {
        add => PropertiesObserved += value;
        remove => PropertiesObserved -= value;
    }

    ISessionClient ISessionHandle.Client => Client;

    DeviceIdentity ISessionHandle.Device => Device;

    Task<RenderingSessionProperties> ISessionHandle.RefreshOnceAsync(CancellationToken cancellationToken)
        => RefreshOnceAsync(cancellationToken);
}
