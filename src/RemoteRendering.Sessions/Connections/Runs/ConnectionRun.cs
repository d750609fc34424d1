using System.Text.Json;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Links;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Runs;

/// <summary>One connection, from the request for it to its end: makes attempts, serves links, waits in between. The controller says what it may do.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Reliability", "CA1001", Justification = "A source without timer and wait handle holds nothing, and it must answer to whoever comes late.")]
internal sealed partial class ConnectionRun : IConnectionRun
{
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
    private readonly LeftoverTasks _leftovers = new();
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

    /// <summary>Gets why the connection ended. Never fails.</summary>
    public Task<RenderingConnectionEnd> Completion => _completion.Task;

    /// <summary>Gets a task that completes when no attempt and no link is left. Never fails.</summary>
    public Task Over => _over.Task;

    /// <summary>Gets the host's last answer to a bind.</summary>
    public BindAnswer? Answer => _binding.Answer;

    /// <summary>Gets the claim on the session, for what lives on it.</summary>
    public HostBinding Binding => _binding;

    public int MaxMessageBytes => _options.MaxMessageBytes;

    public TimeProvider Time => _environment.Time;

    public Microsoft.Extensions.Logging.ILogger Logger => _environment.Logger;

    public string SessionId => _environment.SessionId;

    /// <summary>Gets how far the connect or the reconnect has come.</summary>
    public RenderingConnectionProgress Progress => Volatile.Read(ref _progress);

    /// <summary>Gets a token that is cancelled, where callbacks run, when the connection has ended and the application itself did not end it.</summary>
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

    /// <summary>Waits for everything that the run has started, what its transport does after an abort included. Nobody wants to know any more how the session ended.</summary>
    public async Task FinishAsync()
    {
        await Over.ConfigureAwait(false);
        _finish.Cancel();
        await _leftovers.WhenAll().ConfigureAwait(false);
    }

    public bool Fire(ConnectionTrigger trigger, in ConnectionCause cause = default)
        => _controller.Fire(this, trigger, cause.Reason == RenderingConnectionReason.SessionStopped && _environment.IsStoppedHere ? cause.WithStopHere() : cause).Verdict is ConnectionVerdict.Changed or ConnectionVerdict.Kept;

    /// <summary>Sends a request and reads its answer. Waits through drops; runs once.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended, or ended before the answer came.</exception>
    /// <exception cref="RenderingRequestException">The host answered with an error.</exception>
    public Task<T> InvokeAsync<TState, T>(
        string method, TState state, Action<Utf8JsonWriter, TState>? writeParameters, HostResultReader<T> read, CancellationToken cancellationToken)
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

    /// <summary>Gets what lives on the binding; makes it if there is none.</summary>
    public IHostBindingPart GetOrAddPart<TState>(TState state, Func<ConnectionRun, TState, IHostBindingPart> make)
    {
        lock (_lostLock)
        {
            return _binding.Part ??= make(this, state);
        }
    }

    /// <summary>Measures how long the smallest of requests takes.</summary>
    public async Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken)
    {
        long start = _environment.Time.GetTimestamp();
        await InvokeAsync<object?, bool>(HostMethods.Echo, null, static (writer, _) => writer.WriteNullValue(), static (ref _) => true, cancellationToken).ConfigureAwait(false);
        return _environment.Time.GetElapsedTime(start);
    }

    /// <summary>Ends the connection, and waits until nothing of it is left: not longer than its time-out, and not longer than the caller wants to.</summary>
    public async Task DisconnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
#if SABOTAGE
        cancellationToken = Sabotage.Breaks("M06") ? CancellationToken.None : cancellationToken;
#endif
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
                    null, RenderingConnectionReason.ReconnectRequested, "The application asked for a new link."));
                break;
            case ConnectionEffects.Leave:
                _leftovers.Add(LeaveAsync());
                break;
            case ConnectionEffects.Abandon:
                Abandon();
                break;
            default:
                // The flow itself does the rest: it asks the controller, and goes on as the row says.
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
            // A handler may have ended it the moment it was connected: the caller gets the connection all the same, and sees what became of it.
            _established.TrySetResult(true);
        }
        else if (_established.TrySetException(error))
        {
            // Seen, also when the caller has gone.
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

    /// <summary>Ends a disconnect that its caller does not want to wait for.</summary>
    public void Abandon()
    {
        Stop();
        Volatile.Read(ref _link)?.End(Disconnected());
    }

    /// <summary>Cancels what the run waits for. What a transport or a credential has registered at its token may throw; the run ends all the same.</summary>
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

    /// <summary>Tells the host that the device leaves, waits a while for its word, and cuts the wire.</summary>
    private async Task LeaveAsync()
    {
        HostLink? link = Volatile.Read(ref _link);
        _binding.Close(Disconnected());
        try
        {
            bool tellsHost = link is not null && _options.DisconnectTimeout > TimeSpan.Zero;
#if SABOTAGE
            tellsHost &= !Sabotage.Breaks("M18");
#endif
            if (tellsHost)
            {
                var unbind = new HostRequest<bool>(static (ref _) => true);
                HostRequestEncoder.Encode<object?>(unbind, HostMethods.Unbind, null, null);
                link!.SubmitLast(unbind);
                Task first = await Task.WhenAny(unbind.Task, link!.Completion)
                    .WaitAsync(TimerLimit.Cut(_options.DisconnectTimeout), _environment.Time, _stop.Token).ConfigureAwait(false);

                // Answered or refused, the host knows now.
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
