using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Runs;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents a connection to the host of a session, from the moment it is connected until it ends. If its link drops, it reconnects
/// automatically and keeps the scene and pending requests.
/// </summary>
/// <remarks>
/// <para>Thread-safe. <see cref="Status"/>, <see cref="Changes"/>, <see cref="WaitForChangeAsync"/>, <see cref="Completion"/>,
/// <see cref="Lost"/> and <c>RenderingSession.ConnectionStatusChanged</c> all report the same numbered changes. A connection has exactly
/// one change to <see cref="ConnectionStatus.Disconnected"/>, and it is the last one.</para>
/// <para>Tasks, streams and properties reflect a change immediately. Callbacks (event handlers, and registrations at <see cref="Lost"/>)
/// run one at a time, in order, on the thread pool or in
/// <see cref="Update"/>. A slow callback delays only the callbacks after it; an exception from a callback is logged.</para>
/// </remarks>
public partial class RenderingConnection
{
    private readonly ConnectionRun _run = null!;
    private readonly ConnectionController _controller = null!;
    private readonly ObserverQueue _observers = null!;

    internal RenderingConnection(ConnectionRun run, ConnectionController controller, ObserverQueue observers)
    {
        _run = run;
        _controller = controller;
        _observers = observers;
    }

    /// <summary>Creates a connection, for test doubles that derive from this class.</summary>
    protected RenderingConnection()
    {
    }

    /// <summary>The number of changes of a session handle that are kept for late readers of <see cref="Changes"/>: 32.</summary>
    public const int KeptChanges = ConnectionHistory.Capacity;

    /// <summary>Gets the id of the session.</summary>
    public virtual string SessionId => _run.SessionId;

    /// <summary>Gets the status of this connection. It is never older than a reported change.</summary>
    public virtual ConnectionStatus Status => LastChange.Status;

    /// <summary>Gets the newest change.</summary>
    public virtual RenderingConnectionChange LastChange => _controller.GetNewest(_run.Span);

    /// <summary>
    /// Gets a task that completes when the connection has ended. It never fails and is never cancelled; its result contains the reason.
    /// </summary>
    public virtual Task<RenderingConnectionEnd> Completion => _run.Completion;

    /// <summary>
    /// Gets a token that is cancelled when the connection has ended and the application itself did not end it by disconnecting, cancelling,
    /// disposing the handle or stopping the session. A drop that is being repaired does not cancel it. Registrations run as callbacks.
    /// </summary>
    public virtual CancellationToken Lost => _run.Lost;

    /// <summary>
    /// Gets the changes of this connection, in order, from the oldest one that is still kept to the last one, with which the stream ends.
    /// Each enumeration starts from the beginning.
    /// </summary>
    /// <remarks>
    /// The newest <see cref="KeptChanges"/> changes are kept. A reader that falls further behind can detect the gap by the numbers. The
    /// last change is never lost.
    /// </remarks>
    public virtual IAsyncEnumerable<RenderingConnectionChange> Changes => GetChangesAsync(0);

    /// <summary>Gets the progress of a reconnect: the failures so far and the time of the next attempt.</summary>
    public virtual RenderingConnectionProgress Progress => _run.Progress;

    /// <summary>
    /// Gets the epoch of the binding: the number by which the host distinguishes this binding of the session from earlier ones.
    /// </summary>
    public virtual long Epoch => _run.Answer?.Epoch ?? 0;

    /// <summary>Gets the number of the link within the binding, from 1. It is incremented with every resume.</summary>
    public virtual long Link => _run.Answer?.Link ?? 0;

    /// <summary>Gets the time for which the host keeps the scene and the binding after a drop.</summary>
    public virtual TimeSpan Grace => _run.Answer?.Grace ?? TimeSpan.Zero;

    /// <summary>Gets the optional features of the protocol that the host supports.</summary>
    public virtual IReadOnlyList<string> HostFeatures => _run.Answer?.Features ?? [];

    /// <summary>Reads the changes of this connection after a number, in order, up to the last one.</summary>
    /// <param name="after">The number of the last change that the reader has read; 0 for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The changes, as they occur. See <see cref="Changes"/> for the number of changes that are kept.</returns>
    public virtual async IAsyncEnumerable<RenderingConnectionChange> GetChangesAsync(
        long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _controller.ReadNextAsync(_run.Span, after, cancellationToken).ConfigureAwait(false) is { } change)
        {
            after = change.Number;
            yield return change;
        }
    }

    /// <summary>
    /// Waits until there is a change with a number greater than the given one, and returns the newest change. After the connection has
    /// ended, returns its last change immediately, for any number.
    /// </summary>
    /// <param name="lastSeen">
    /// The number of the last change that the caller has handled, for example that of <see cref="LastChange"/>.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest change.</returns>
    public virtual Task<RenderingConnectionChange> WaitForChangeAsync(long lastSeen, CancellationToken cancellationToken = default)
        => _controller.WaitForChangeAsync(_run.Span, lastSeen, cancellationToken);

    /// <summary>
    /// Establishes a new link immediately: ends a wait between two attempts, or, while connected, drops the link and establishes another.
    /// For applications with their own information about the network. There are at most ten attempts in any ten seconds, including those of
    /// this method.
    /// </summary>
    /// <returns>Whether the call had an effect: <see langword="false"/> after the connection has ended.</returns>
    public virtual bool ReconnectNow() => _run.Fire(ConnectionTrigger.ReconnectRequested);

    /// <summary>
    /// Runs the pending callbacks on the calling thread. Call it once per frame when <see cref="RenderingConnectionOptions.PumpCallbacks"/>
    /// is set; otherwise it does nothing.
    /// </summary>
    /// <remarks>
    /// Continue to call it after the end until the last change has been delivered. A call from inside a callback does nothing.
    /// </remarks>
    public virtual void Update()
    {
        OnUpdate();
        _observers.Pump();
    }

    /// <summary>
    /// Disconnects. The same as <c>RenderingSession.DisconnectAsync</c> while this is the connection of the session. After the end it does
    /// nothing.
    /// </summary>
    /// <param name="cancellationToken">
    /// Closes the link without waiting for the confirmation of the host. The connection ends in either case.
    /// </param>
    /// <returns>
    /// A task that completes when the host has confirmed the disconnect, or the wait for it has timed out, and the connection has released
    /// its resources.
    /// </returns>
    public virtual Task DisconnectAsync(CancellationToken cancellationToken = default)
        => _run.DisconnectAsync(cancellationToken);

    /// <summary>Measures the round-trip time of a request to the host.</summary>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    /// <returns>The time between the request and its answer, including the time of a drop between them.</returns>
    /// <exception cref="RenderingConnectionException">The connection has ended, or ended before the answer arrived.</exception>
    public virtual Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken = default)
        => _run.MeasureRoundTripAsync(cancellationToken);

    /// <summary>Sends a request and reads its answer, also across drops. The host runs the request once.</summary>
    internal virtual Task<T> InvokeAsync<TState, T>(
        string method, TState state, Action<System.Text.Json.Utf8JsonWriter, TState>? writeParameters, HostResultReader<T> read,
        CancellationToken cancellationToken)
        => _run.InvokeAsync(method, state, writeParameters, read, cancellationToken);

    /// <summary>Runs a callback of the application in order with the other callbacks.</summary>
    /// <summary>Runs further work in an update call of the application.</summary>
    partial void OnUpdate();
}
