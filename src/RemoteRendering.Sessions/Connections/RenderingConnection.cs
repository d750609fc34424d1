using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Runs;

namespace RemoteRendering.Sessions;

/// <summary>
/// A connection to the host of a session, from the moment it is connected until it ends for good. In between it may drop and come back, by itself, with scene and requests kept.
/// </summary>
/// <remarks>
/// <para>Thread-safe. <see cref="Status"/>, <see cref="Changes"/>, <see cref="WaitForStatusAsync"/>, <see cref="Completion"/>, <see cref="Lost"/> and <c>RenderingSession.ConnectionStatusChanged</c>
/// all report the same numbered changes. The last change of a connection is always one to <see cref="ConnectionStatus.Disconnected"/>, and there is exactly one.</para>
/// <para>Tasks, streams and properties follow a change at once. Callbacks (event handlers, and what is registered at <see cref="Lost"/>) run one at a time, in order, on the thread pool, or in <see cref="Update"/>: a slow one delays those
/// behind it and nothing else; one that throws is logged.</para>
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

    /// <summary>Creates a connection for a test double to derive from.</summary>
    protected RenderingConnection()
    {
    }

    /// <summary>How many changes of a session handle are kept for late readers of <see cref="Changes"/>: 32.</summary>
    public const int KeptChanges = ConnectionHistory.Capacity;

    /// <summary>Gets the id of the session.</summary>
    public virtual string SessionUuid => _run.SessionId;

    /// <summary>Gets the status of this connection. Never older than a change that has been reported.</summary>
    public virtual ConnectionStatus Status => LastChange.Status;

    /// <summary>Gets the newest change.</summary>
    public virtual RenderingConnectionChange LastChange => _controller.GetNewest(_run.Span);

    /// <summary>Gets a task that completes when the connection has ended for good. Never fails and is never cancelled: the result says why.</summary>
    public virtual Task<RenderingConnectionEnd> Completion => _run.Completion;

    /// <summary>
    /// Gets a token that is cancelled when the connection has ended for good and the application itself did not end it: by disconnecting, cancelling, disposing the handle or stopping the session.
    /// A drop that is being repaired does not cancel it. What is registered here is a callback.
    /// </summary>
    public virtual CancellationToken Lost => _run.Lost;

    /// <summary>
    /// Gets the changes of this connection, in order, from the first one that is still kept to the last one of all, with which the stream ends. Every reading begins anew.
    /// </summary>
    /// <remarks>The newest <see cref="KeptChanges"/> are kept; a reader that falls behind by more sees it by the numbers. The last change is never lost.</remarks>
    public virtual IAsyncEnumerable<RenderingConnectionChange> Changes => GetChangesAsync(0);

    /// <summary>Gets how far a reconnect has come: what failed so far, and when the next attempt is made.</summary>
    public virtual RenderingConnectionProgress Progress => _run.Progress;

    /// <summary>Gets the epoch of the binding: the number by which the host tells this device's claim on the session from earlier ones.</summary>
    public virtual long Epoch => _run.Answer?.Epoch ?? 0;

    /// <summary>Gets the number of the link within the binding, from 1; it grows with every resume.</summary>
    public virtual long Link => _run.Answer?.Link ?? 0;

    /// <summary>Gets how long the host keeps scene and binding after a drop.</summary>
    public virtual TimeSpan Grace => _run.Answer?.Grace ?? TimeSpan.Zero;

    /// <summary>Gets the optional parts of the protocol that the host has.</summary>
    public virtual IReadOnlyList<string> HostFeatures => _run.Answer?.Features ?? [];

    /// <summary>Reads the changes of this connection after a number, in order, to the last one of all.</summary>
    /// <param name="after">The number of the last change that the reader knows; 0 for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The changes, as they come. See <see cref="Changes"/> for what is kept.</returns>
    public virtual async IAsyncEnumerable<RenderingConnectionChange> GetChangesAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _controller.ReadNextAsync(_run.Span, after, cancellationToken).ConfigureAwait(false) is { } change)
        {
            after = change.Number;
            yield return change;
        }
    }

    /// <summary>
    /// Waits until there is a change with a number above the one given, and returns the newest one, which may be further. Once the connection has ended, returns its last change at once, whatever the number.
    /// </summary>
    /// <param name="lastSeen">The number of the last change that the caller knows, as from <see cref="LastChange"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The newest change.</returns>
    public virtual Task<RenderingConnectionChange> WaitForStatusAsync(long lastSeen, CancellationToken cancellationToken = default)
        => _controller.WaitForChangeAsync(_run.Span, lastSeen, cancellationToken);

    /// <summary>
    /// Makes a new link at once: ends a wait between two attempts, or, while connected, drops the link and makes another. For an application that knows more about the network than this library.
    /// There are at most ten attempts in any ten seconds, whoever asks for them.
    /// </summary>
    /// <returns>Whether it had any effect: false once the connection has ended.</returns>
    public virtual bool ReconnectNow() => _run.Fire(ConnectionTrigger.ReconnectRequested);

    /// <summary>
    /// Runs the callbacks that are due, on the calling thread. Call it once per frame when <see cref="RenderingConnectionOptions.PumpCallbacks"/> is set; otherwise it does nothing.
    /// </summary>
    /// <remarks>Also after the end, until the last change has been delivered. A call from inside a callback does nothing.</remarks>
    public virtual void Update()
    {
        OnUpdate();
        _observers.Pump();
    }

    /// <summary>Disconnects. The same as <c>RenderingSession.DisconnectAsync</c> while this is the session's connection; nothing once it has ended.</summary>
    /// <param name="cancellationToken">Cuts the wire instead of waiting for the host's confirmation. The connection has ended all the same.</param>
    /// <returns>A task that completes when the host has confirmed, or was not heard in time, and nothing of the connection is left.</returns>
    public virtual Task DisconnectAsync(CancellationToken cancellationToken = default)
        => _run.DisconnectAsync(cancellationToken);

    /// <summary>Measures how long a request takes to the host and back.</summary>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    /// <returns>The time between the request and its answer. Spans a drop, if there is one.</returns>
    /// <exception cref="RenderingConnectionException">The connection has ended, or ended before the answer came.</exception>
    public virtual Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken = default) => _run.MeasureRoundTripAsync(cancellationToken);

    /// <summary>Sends a request and reads its answer, through drops; it runs once.</summary>
    internal virtual Task<T> InvokeAsync<TState, T>(
        string method, TState state, Action<System.Text.Json.Utf8JsonWriter, TState>? writeParameters, HostResultReader<T> read, CancellationToken cancellationToken)
        => _run.InvokeAsync(method, state, writeParameters, read, cancellationToken);

    /// <summary>Runs a callback of the application where, and in the order in which, the others run.</summary>
    /// <summary>What else is due with a tick of the application.</summary>
    partial void OnUpdate();
}
