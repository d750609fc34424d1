using System.Text.Json;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>
/// Represents one connection, from its request to its end: makes attempts, serves links, and waits in between. The controller decides each
/// step.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "A source without timer and wait handle holds no resources, and must work for late callers.")]
internal sealed partial class ConnectionRun : IConnectionRun
{
    /// <summary>The longest time that the end of the run waits for calls of the transport that were given up: 1 second.</summary>
    private static readonly TimeSpan LongestForeignWork = TimeSpan.FromSeconds(1);

    private readonly ConnectionController _controller;
    private readonly IConnectionEnvironment _environment;
    private readonly RenderingConnectionOptions _options;
    private readonly ReconnectPlanner _planner;
    private readonly WakeableDelay _backoff;
    private readonly HostBinding _binding = new();
    private readonly System.Diagnostics.ActivityContext _caller = System.Diagnostics.Activity.Current?.Context ?? default;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _finish = new();
    private readonly object _lostLock = new();
    private readonly TaskCompletionSource<bool> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<RenderingConnectionEnd> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BackgroundTasks _leftovers = new();
    private readonly BackgroundTasks _foreign = new();
    private readonly Action<Goodbye, TimeSpan> _announced;
    private CancellationTokenSource? _lost;
    private RenderingConnectionProgress _progress = RenderingConnectionProgress.None;
    private RenderingConnectionException? _lastFailure;
    private HostLink? _link;
    private bool _isLost;

    public ConnectionRun(ConnectionController controller, IConnectionEnvironment environment, RenderingConnectionOptions options)
    {
        _controller = controller;
        _environment = environment;
        _options = options.Clone();
        _planner = new ReconnectPlanner(_options, environment.Time, () => environment.LeaseLeft);
        _backoff = new WakeableDelay(environment.Time);
        _announced = (goodbye, rest) => Fire(ConnectionTrigger.EndAnnounced, goodbye.ToAnnouncement(rest));
    }

    public ConnectionSpan Span { get; } = new();

    public bool PumpCallbacks => _options.PumpCallbacks;

    /// <summary>Gets a task that completes with the first link, and fails when there is none.</summary>
    public Task Established => _established.Task;

    /// <summary>Gets a task whose result is the end of the connection. It never fails.</summary>
    public Task<RenderingConnectionEnd> Completion => _completion.Task;

    /// <summary>Gets a task that completes when no attempt and no link is left. It never fails.</summary>
    public Task Over => _over.Task;

    /// <summary>Gets the last answer of the host to a bind.</summary>
    public BindAnswer? Answer => _binding.Answer;

    /// <summary>Gets the binding to the session, for its parts.</summary>
    public HostBinding Binding => _binding;

    public int MaxMessageBytes => _options.MaxMessageBytes;

    public TimeProvider Time => _environment.Time;

    public Microsoft.Extensions.Logging.ILogger Logger => _environment.Logger;

    public string SessionId => _environment.SessionId;

    /// <summary>Gets the progress of the connect or the reconnect.</summary>
    public RenderingConnectionProgress Progress => Volatile.Read(ref _progress);

    /// <summary>
    /// Gets a token that is cancelled, as a callback, when the connection has ended and the application itself did not end it.
    /// </summary>
    public CancellationToken Lost
    {
        get
        {
            lock (_lostLock)
            {
                return _isLost ? new CancellationToken(canceled: true) : (_lost ??= new CancellationTokenSource()).Token;
            }
        }
    }

    /// <summary>
    /// Waits for all work that the run has started. The confirmation of the end of the session is cancelled. Work of the transport after an
    /// abort gets <see cref="LongestForeignWork"/>.
    /// </summary>
    public async Task FinishAsync()
    {
        await Over.ConfigureAwait(false);
        _finish.Cancel();
        await _leftovers.WhenAllAsync().ConfigureAwait(false);
        try
        {
            await _foreign.WhenAllAsync().WaitAsync(LongestForeignWork, _environment.RealTime, CancellationToken.None)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            ConnectionLog.TransportStillRuns(_environment.Logger, _environment.SessionId);
        }
    }

    public bool Fire(ConnectionTrigger trigger, in ConnectionCause cause = default)
        => _controller.Fire(
            this, trigger,
            cause.Reason == RenderingConnectionReason.SessionStopped && _environment.IsStoppedHere
                ? cause.WithStopHere()
                : cause).Verdict is ConnectionVerdict.Changed or ConnectionVerdict.Kept;

    /// <summary>Sends a request and reads its answer, also across drops. The host runs the request once.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended, or ended before the answer arrived.</exception>
    /// <exception cref="RenderingRequestException">The host answered with an error.</exception>
    public Task<T> InvokeAsync<TState, T>(
        string method, TState state, Action<Utf8JsonWriter, TState>? writeParameters, HostResultReader<T> read,
        CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        var request = new HostRequest<T>(read);
        HostRequestEncoder.Encode(request, method, state, writeParameters);
        _binding.Submit(request);
        request.Watch(_binding, cancellationToken);
        return request.Task;
    }

    /// <summary>Gets the part of the binding; creates it if there is none.</summary>
    public IHostBindingPart GetOrAddPart<TState>(TState state, Func<ConnectionRun, TState, IHostBindingPart> make)
    {
        lock (_lostLock)
        {
            return _binding.Part ??= make(this, state);
        }
    }

    /// <summary>Measures the round-trip time of the smallest request.</summary>
    public async Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken)
    {
        long start = _environment.Time.GetTimestamp();
        await InvokeAsync<object?, bool>(
            HostMethods.Echo, null, static (writer, _)
                => writer.WriteNullValue(), static (ref _) => true, cancellationToken).ConfigureAwait(false);
        return _environment.Time.GetElapsedTime(start);
    }

    /// <summary>Ends the connection, and waits until its work has ended, at most for its time-out or until the caller cancels.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fire(ConnectionTrigger.DisconnectRequested);
        try
        {
            await Over.WaitAsync(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Abandon();
            throw;
        }
    }

    void IConnectionRun.Apply(ConnectionEffects effects)
    {
        switch (effects)
        {
            case ConnectionEffects.Begin:
                Begin();
                break;
            case ConnectionEffects.Wake:
                _backoff.Wake();
                break;
            case ConnectionEffects.DropLink:
                Volatile.Read(ref _link)?.End(new ConnectionFailure(
                    null, RenderingConnectionReason.ReconnectRequested, "The application requested a new link."));
                break;
            case ConnectionEffects.Leave:
                _leftovers.Add(LeaveAsync());
                break;
            case ConnectionEffects.Abandon:
                Abandon();
                break;
            default:
                // The main task does the rest: it fires the trigger and continues by the row.
                break;
        }
    }

    void IConnectionRun.End(RenderingConnectionChange change)
    {
        var error = change.Error as RenderingConnectionException
            ?? new RenderingConnectionException(change.Reason, ConnectionReasons.Sentence(change.Reason), change.RetryAfter, change.Error);
        _binding.Close(new ConnectionFailure(null, change.Reason, error.Message, change.RetryAfter, error));
        if (change.OldStatus is ConnectionStatus.Connected or ConnectionStatus.Reconnecting)
        {
            // A handler may have ended the connection directly after the connect: the caller gets it nevertheless, with its final status.
            _established.TrySetResult(true);
        }
        else if (_established.TrySetException(error))
        {
            // Observed, also when the caller no longer waits.
            _ = _established.Task.Exception;
        }

        _completion.TrySetResult(new RenderingConnectionEnd(change));
    }

    void IConnectionRun.CancelLost()
    {
        if (Span.LastChange.IsRequested)
        {
            return;
        }

        CancellationTokenSource? lost;
        lock (_lostLock)
        {
            _isLost = true;
            lost = _lost;
        }

        lost?.Cancel();
    }

    /// <summary>Ends a disconnect whose caller has cancelled the wait.</summary>
    public void Abandon()
    {
        Stop();
        Volatile.Read(ref _link)?.End(Disconnected());
    }

    /// <summary>Cancels the waits of the run. A callback that a credential has registered may throw; the run ends nevertheless.</summary>
    private void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (Exception exception)
        {
            ConnectionLog.OtherCallbackFailed(_environment.Logger, exception);
        }
    }

    private static ConnectionFailure Disconnected()
        => new(null, RenderingConnectionReason.DisconnectRequest, ConnectionReasons.Sentence(RenderingConnectionReason.DisconnectRequest));

    /// <summary>Notifies the host that the device leaves, waits for its confirmation up to a time-out, and closes the link.</summary>
    private async Task LeaveAsync()
    {
        HostLink? link = Volatile.Read(ref _link);
        _binding.Close(Disconnected());
        try
        {
            bool tellsHost = link is not null && _options.DisconnectTimeout > TimeSpan.Zero;
            if (tellsHost)
            {
                var unbind = new HostRequest<bool>(static (ref _) => true);
                HostRequestEncoder.Encode<object?>(unbind, HostMethods.Unbind, null, null);
                _ = Abandonable.Observe(unbind.Task);

                // Sends may block, and the wait for them has a time-out.
                BackgroundWork.StartAndForget(
                    static state =>
                    {
                        state.link.SubmitLast(state.unbind);
                        return Task.CompletedTask;
                    },
                    (link: link!, unbind));
                Task first = await Task.WhenAny(unbind.Task, link!.Completion)
                    .WaitAsync(TimerLimit.Cut(_options.DisconnectTimeout), _environment.Time, _stop.Token).ConfigureAwait(false);

                // The host has received the request, whether it answered or refused.
                _ = first.Exception;
            }
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            ConnectionLog.LeaveNotConfirmed(_environment.Logger, _environment.SessionId);
        }

        link?.End(Disconnected(), HostCloseCode.Normal);
    }
}
