using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <content>The connection to the session's host.</content>
public partial class RenderingSession
{
    private SessionConnections? _connections;

    /// <summary>
    /// Occurs for every change of the connection, in order, one handler at a time: on the thread pool, or, with
    /// <see cref="RenderingConnectionOptions.PumpCallbacks"/>, inside <see cref="UpdateConnection"/>. A handler may call any member, also
    /// dispose this handle. An exception from a handler is logged and has no other effect.
    /// </summary>
    /// <remarks>
    /// An <c>async void</c> handler returns at its first <c>await</c>, and the next handler starts. For asynchronous work read
    /// <see cref="RenderingConnection.Changes"/> instead.
    /// </remarks>
    public virtual event EventHandler<ConnectionStatusChangedEventArgs>? ConnectionStatusChanged
    {
        add => Connections.StatusChanged += value;
        remove => Connections.StatusChanged -= value;
    }

    /// <summary>Gets a value indicating whether the session is connected: the host has accepted this device and answers.</summary>
    public virtual bool IsConnected => ConnectionStatus == ConnectionStatus.Connected;

    /// <summary>Gets the status of the connection.</summary>
    public virtual ConnectionStatus ConnectionStatus => Volatile.Read(ref _connections)?.Status ?? ConnectionStatus.Disconnected;

    /// <summary>
    /// Gets the connection while <see cref="IsConnected"/> is <see langword="true"/>; otherwise <see langword="null"/>. It is the object
    /// that <see cref="ConnectAsync"/> returned, which stays valid through drops.
    /// </summary>
    public virtual RenderingConnection? Connection => Volatile.Read(ref _connections)?.Connection;

    /// <summary>
    /// Gets the progress of the newest connect or reconnect, also while <see cref="ConnectAsync"/> is running: the failures so far and the
    /// time of the next attempt.
    /// </summary>
    public virtual RenderingConnectionProgress ConnectionProgress
        => Volatile.Read(ref _connections)?.Progress ?? RenderingConnectionProgress.None;

    /// <summary>Gets the reason the newest connection ended; <see langword="null"/> when it has not ended, or there was none.</summary>
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

    /// <summary>Connects this device to the host of the session, and keeps it connected.</summary>
    /// <param name="options">The options of the connection, or <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">
    /// Cancels the connect; it has no effect after the connect. A cancelled call returns immediately and leaves nothing behind on this
    /// device.
    /// </param>
    /// <returns>The connection, in the status <see cref="ConnectionStatus.Connected"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The values of <see cref="RenderingConnectionOptions.LeaseRenewal"/> contradict each other; the message contains them.
    /// </exception>
    /// <exception cref="RenderingConnectionException">
    /// The connect failed. The reason is <see cref="RenderingConnectionReason.InProgress"/> or
    /// <see cref="RenderingConnectionReason.AlreadyConnected"/> when the session is being connected or is connected;
    /// <see cref="RenderingConnectionReason.SessionNotReady"/>; the reason the session ended;
    /// <see cref="RenderingConnectionReason.OtherSessionConnected"/> when another device holds the session; or that of the last failed
    /// attempt.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The handle has been disposed.</exception>
    /// <example>
    /// <code>
    /// RenderingConnection connection = await session.ConnectAsync();
    /// connection.Lost.Register(() =&gt; Console.WriteLine("The connection has ended."));
    /// </code>
    /// </example>
    public virtual Task<RenderingConnection> ConnectAsync(
        RenderingConnectionOptions? options = null, CancellationToken cancellationToken = default)
        => options?.LeaseRenewal is { } renewal
            ? ConnectAndRenewAsync(options, renewal.Checked(nameof(options), renewWhileDisconnected: false), cancellationToken)
            : Connections.ConnectAsync(options ?? new RenderingConnectionOptions(), cancellationToken);

    /// <summary>
    /// Disconnects: notifies the host, which releases the scene, and closes the link. The status becomes
    /// <see cref="ConnectionStatus.Disconnected"/> immediately. The call is valid in every state; the session continues.
    /// </summary>
    /// <param name="cancellationToken">
    /// Closes the link without waiting for the confirmation of the host. The connection ends in either case.
    /// </param>
    /// <returns>A task that completes when the host has confirmed the disconnect, or the wait for it has timed out.</returns>
    public virtual Task DisconnectAsync(CancellationToken cancellationToken = default)
        => Volatile.Read(ref _connections)?.DisconnectAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// Runs the pending callbacks of the connections of this session on the calling thread. The same as
    /// <see cref="RenderingConnection.Update"/>, but available while connecting and after the end too.
    /// </summary>
    public virtual void UpdateConnection() => Volatile.Read(ref _connections)?.Pump();

    private Task EndConnectionAsync(RenderingConnectionReason reason, CancellationToken cancellationToken)
        => Volatile.Read(ref _connections)?.EndAsync(reason, cancellationToken) ?? Task.CompletedTask;

    private Task DisconnectOnDisposeAsync() => Volatile.Read(ref _connections)?.DisposeAsync() ?? Task.CompletedTask;
}
