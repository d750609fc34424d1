using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <content>The connection to the session's host.</content>
public partial class RenderingSession
{
    private SessionConnections? _connections;

    /// <summary>
    /// Raised for every change of the connection, in order, one handler at a time: on the thread pool, or inside <see cref="UpdateConnection"/> with
    /// <see cref="RenderingConnectionOptions.PumpCallbacks"/>. A handler may call anything, also dispose this handle; one that throws is logged and changes nothing.
    /// </summary>
    /// <remarks>A handler that is <c>async void</c> returns at its first <c>await</c>, and the next one begins: for asynchronous work read <see cref="RenderingConnection.Changes"/> instead.</remarks>
    public virtual event EventHandler<ConnectionStatusChangedEventArgs>? ConnectionStatusChanged
    {
        add => Connections.StatusChanged += value;
        remove => Connections.StatusChanged -= value;
    }

    /// <summary>Gets a value indicating whether the session is connected: the host has accepted this device and answers.</summary>
    public virtual bool IsConnected
#if SABOTAGE
        => ConnectionStatus == ConnectionStatus.Connected || (Sabotage.Breaks("M05") && ConnectionStatus == ConnectionStatus.Connecting);
#else
        => ConnectionStatus == ConnectionStatus.Connected;
#endif

    /// <summary>Gets where the connection is in its life.</summary>
    public virtual ConnectionStatus ConnectionStatus => Volatile.Read(ref _connections)?.Status ?? ConnectionStatus.Disconnected;

    /// <summary>Gets the connection, exactly while <see cref="IsConnected"/>. The object that <see cref="ConnectAsync"/> returned is the same, and good through drops.</summary>
    public virtual RenderingConnection? Connection => Volatile.Read(ref _connections)?.Connection;

    /// <summary>Gets how far the newest connect or reconnect has come, also while <see cref="ConnectAsync"/> is under way: what failed so far, and when the next attempt is made.</summary>
    public virtual RenderingConnectionProgress ConnectionProgress => Volatile.Read(ref _connections)?.Progress ?? RenderingConnectionProgress.None;

    /// <summary>Gets why the newest connection ended; <see langword="null"/> when it has not, or there was none.</summary>
    internal RenderingConnectionReason? ConnectionEnd => Volatile.Read(ref _connections)?.End;

    private SessionConnections Connections
    {
        get
        {
            if (Volatile.Read(ref _connections) is { } known)
            {
                return known;
            }

            lock (_gate)
            {
                return _connections ??= new SessionConnections(this);
            }
        }
    }

    /// <summary>Connects this device to the session's host, and keeps it connected.</summary>
    /// <param name="options">How; the defaults when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Cancels the connect; once connected it has no effect. The call returns at once and leaves nothing behind on this device.</param>
    /// <returns>The connection, connected.</returns>
    /// <exception cref="ArgumentException">The numbers of <see cref="RenderingConnectionOptions.LeaseRenewal"/> do not fit each other; the message prints them.</exception>
    /// <exception cref="RenderingConnectionException">
    /// It could not be connected, and why: <see cref="RenderingConnectionReason.InProgress"/> and <see cref="RenderingConnectionReason.AlreadyConnected"/> when it is being or has been connected;
    /// <see cref="RenderingConnectionReason.SessionNotReady"/>; the reason of an ended session; <see cref="RenderingConnectionReason.OtherSessionConnected"/> when another device holds the session; or the last
    /// failure of the attempts.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The handle has been disposed.</exception>
    public virtual Task<RenderingConnection> ConnectAsync(RenderingConnectionOptions? options = null, CancellationToken cancellationToken = default)
        => options?.LeaseRenewal is { } renewal
            ? ConnectAndRenewAsync(options, renewal.Checked(nameof(options), renewWhileDisconnected: false), cancellationToken)
            : Connections.ConnectAsync(options ?? new RenderingConnectionOptions(), cancellationToken);

    /// <summary>
    /// Disconnects: tells the host, which lets go of the scene, and cuts the link. The status is <see cref="ConnectionStatus.Disconnected"/> at once. Legal in every state; the session runs on.
    /// </summary>
    /// <param name="cancellationToken">Cuts the wire instead of waiting for the host's confirmation. The connection has ended all the same.</param>
    /// <returns>A task that completes when the host has confirmed, or was not heard in time.</returns>
    public virtual Task DisconnectAsync(CancellationToken cancellationToken = default)
        => Volatile.Read(ref _connections)?.DisconnectAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// Runs the callbacks of this session's connections that are due, on the calling thread: the same as <see cref="RenderingConnection.Update"/>, also while connecting and after the end.
    /// </summary>
    public virtual void UpdateConnection() => Volatile.Read(ref _connections)?.Pump();

    private Task EndConnectionAsync(RenderingConnectionReason reason, CancellationToken cancellationToken)
        => Volatile.Read(ref _connections)?.EndAsync(reason, cancellationToken) ?? Task.CompletedTask;

    private Task DisconnectOnDisposeAsync() => Volatile.Read(ref _connections)?.DisposeAsync() ?? Task.CompletedTask;
}
