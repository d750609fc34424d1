using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Sessions;

/// <summary>The members that the connections of a session need of its handle.</summary>
internal interface ISessionHandle
{
    event Action<RenderingSessionProperties>? PropertiesObserved;

    string SessionUuid { get; }

    ISessionClient Client { get; }

    RenderingSessionProperties Properties { get; }

    RenderingSessionStatus Status { get; }

    RenderingSessionLease Lease { get; }

    /// <summary>Gets the identity of this device for the host.</summary>
    DeviceIdentity Device { get; }

    /// <summary>Reads the session with a request that is sent once.</summary>
    Task<RenderingSessionProperties> RefreshOnceAsync(CancellationToken cancellationToken);
}
