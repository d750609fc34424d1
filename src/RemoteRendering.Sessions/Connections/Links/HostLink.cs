using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// Represents one link to the host: binds, sends the requests of the binding, receives messages, and detects a silent host.
/// </summary>
/// <remarks>
/// A link ends once, with the first cause, which is the result of <see cref="Completion"/>. A new link is a new object, so no stale state
/// survives.
/// </remarks>
internal sealed partial class HostLink
{
    /// <summary>The longest time to send a close frame before the link is aborted without it: 1 second.</summary>
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly RenderingTransportLink _transport;
    private readonly HostBinding _binding;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource<ConnectionFailure> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<BindAnswer> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _activities;
    private bool _ended;

    public HostLink(
        RenderingTransportLink transport, HostBinding binding, TimeProvider time, ILogger logger, TimeSpan? requestTimeout = null)
    {
        _requestTimeout = requestTimeout is { } limit && limit != Timeout.InfiniteTimeSpan ? limit : null;
        _transport = transport;
        _binding = binding;
        _time = time;
        _logger = logger;
        _lastReceived = _lastSent = _tickedAt = time.GetTimestamp();
        _tickedAtWall = time.GetUtcNow();
    }

    /// <summary>Gets a task whose result is the failure with which the link ended. It never fails.</summary>
    public Task<ConnectionFailure> Completion => _completion.Task;

    /// <summary>
    /// Gets a task that completes when the link has ended and no receive, send, close or timer of it is running. It never fails.
    /// </summary>
    public Task Finished => _finished.Task;

    /// <summary>Gets the timestamp of the last sign of life.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Gets the clock of the link.</summary>
    public TimeProvider Time => _time;

    private bool IsEnded => Volatile.Read(ref _ended);

    /// <summary>Requests that the host binds the device to this link.</summary>
    /// <exception cref="RenderingConnectionException">The host refused, or the link ended.</exception>
    public async Task<BindAnswer> BindAsync(BindRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(
            static state =>
                ((HostLink)state!).End(new ConnectionFailure(null, RenderingConnectionReason.Timeout, "The host did not answer in time.")),
                this);
        lock (_binding.Gate)
        {
            Enter_NeedsGate();
        }

        // The work is counted: Finished waits for it, for the sends and for the close.
        // The work lasts as long as the link, so it must not run in the span of the attempt.
        BackgroundWork.StartAndForget(static link => link.ReceiveAllAsync(), this);
        if (request.TakeOver && request.Drain > TimeSpan.Zero)
        {
            StartTimer(HostProtocol.KeepAliveWhileBinding, Timeout.InfiniteTimeSpan);
        }

        lock (_binding.Gate)
        {
            Enter_NeedsGate();
        }

        // A send that blocks ends with the link for this attempt.
        _bindSentAt = _time.GetTimestamp();
        await Task.WhenAny(BackgroundWork.Start(() => SendBindAsync(request)), Completion).ConfigureAwait(false);
        BindAnswer answer = await _bound.Task.ConfigureAwait(false);
        _roundTrip = _time.GetElapsedTime(_bindSentAt);
        return answer;
    }

    /// <summary>Starts to send the requests of the binding, and to watch the host.</summary>
    /// <param name="answer">The answer of the host to the bind.</param>
    /// <param name="announced">
    /// Is called by the receiving side for a goodbye that leaves the link some time; also for one that has already arrived.
    /// </param>
    public void Serve(BindAnswer answer, Action<Goodbye, TimeSpan> announced)
    {
        StartTimer(answer.KeepAlive < LinkLimits.ShortestKeepAlive ? LinkLimits.ShortestKeepAlive : answer.KeepAlive, answer.DeadAfter);
        AnnounceTo(announced);
        lock (_binding.Gate)
        {
            _serving = true;
        }

        PumpElsewhere();
    }

    /// <summary>Ends the link. Only the first call has an effect.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="closeCode">The close code to send when what is being sent is out; 0 aborts the link.</param>
    public void End(ConnectionFailure failure, int closeCode = 0)
    {
        Task sent = Task.CompletedTask;
        lock (_binding.Gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            if (_isSending)
            {
                _sent = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                sent = _sent.Task;
            }

            Enter_NeedsGate();
        }

        _binding.Detach(this);
        StopTimer();
        if (_bound.TrySetException(failure.ToException()))
        {
            // Observed, also when no bind waits for it.
            _ = _bound.Task.Exception;
        }

        if (closeCode != 0)
        {
            _ = CloseAsync(sent, closeCode, failure.Message);
        }
        else
        {
            // Code of the application, which must not hold up the caller.
            BackgroundWork.StartAndForget(static link => link.AbortAsync(), this);
        }

        _completion.TrySetResult(failure);
    }

    /// <summary>Counts work of the link that starts to run, for which <see cref="Finished"/> waits.</summary>
    private void Enter_NeedsGate() => _activities++;

    private void Leave()
    {
        lock (_binding.Gate)
        {
            Leave_NeedsGate();
        }
    }

    private void Leave_NeedsGate()
    {
        _activities--;
        if (_ended && _activities == 0)
        {
            _finished.TrySetResult(true);
        }
    }

    private async Task CloseAsync(Task sent, int code, string reason)
    {
        try
        {
            using CancellationTokenSource timeout = _time.CreateTimeout(CloseTimeout);
            await Abandonable.WaitAsync(sent, timeout.Token).ConfigureAwait(false);
            await ForeignCall.RunAsync(
                async token =>
                {
                    await _transport.CloseAsync(code, reason.Length > 100 ? reason.Substring(0, 100) : reason, token).ConfigureAwait(false);
                    return true;
                },
                timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The close frame is optional: the connection may already be broken.
            ConnectionLog.CloseFailed(_logger, exception, code);
        }
        finally
        {
            BackgroundWork.StartAndForget(static link => link.AbortAsync(), this);
        }
    }

    /// <summary>Aborts the transport, the last step of the end.</summary>
    private Task AbortAsync()
    {
        try
        {
            _transport.Abort();
        }
        catch (Exception exception)
        {
            ConnectionLog.OtherCallbackFailed(_logger, exception);
        }
        finally
        {
            Leave();
        }

        return Task.CompletedTask;
    }
}
