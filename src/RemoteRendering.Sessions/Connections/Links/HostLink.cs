using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>One link to the host: binds, sends what the binding holds, hears what the host says, and notices when it says nothing.</summary>
/// <remarks>Ends once, for whatever comes first; <see cref="Completion"/> says why. A new link is a new object, so nothing stale survives.</remarks>
internal sealed partial class HostLink
{
    /// <summary>How long a close frame may take to leave before the wire is cut without it.</summary>
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

    public HostLink(RenderingTransportLink transport, HostBinding binding, TimeProvider time, ILogger logger, TimeSpan? requestTimeout = null)
    {
        _requestTimeout = requestTimeout is { } limit && limit != Timeout.InfiniteTimeSpan ? limit : null;
        _transport = transport;
        _binding = binding;
        _time = time;
        _logger = logger;
        _lastReceived = _lastSent = _tickedAt = time.GetTimestamp();
        _tickedAtWall = time.GetUtcNow();
    }

    /// <summary>Gets why the link ended. Never fails.</summary>
    public Task<ConnectionFailure> Completion => _completion.Task;

    /// <summary>Gets a task that completes when the link has ended and nothing of it runs any more: no receive, no send, no close, no timer. Never fails.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Gets the timestamp of the last sign of life.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>Gets the clock of the link.</summary>
    public TimeProvider Time => _time;

    private bool IsEnded => Volatile.Read(ref _ended);

    /// <summary>Asks the host to bind the device to this link.</summary>
    /// <exception cref="RenderingConnectionException">The host refused, or the link ended.</exception>
    public async Task<BindAnswer> BindAsync(BindRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(
            static state => ((HostLink)state!).End(new ConnectionFailure(null, RenderingConnectionReason.Timeout, "The host did not answer in time.")), this);
        lock (_binding.Gate)
        {
            Enter_NeedsGate();
        }

        // Counted, not kept: Finished waits for it, and for the sends and the close.
        // For as long as the link lives, which is not to hang below the span of the attempt.
        BackgroundWork.StartAndForget(static link => link.ReceiveAllAsync(), this);
        if (request.TakeOver && request.Drain > TimeSpan.Zero)
        {
            StartTimer(HostProtocol.KeepAliveWhileBinding, Timeout.InfiniteTimeSpan);
        }

        var buffer = new PooledBuffer(512);
        try
        {
            request.WriteTo(buffer);
            _bindSentAt = _time.GetTimestamp();
            await _transport.SendAsync(buffer.Memory, RenderingMessageKind.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(ConnectionFailure.FromException(exception, RenderingConnectionReason.ConnectionLost));
        }
        finally
        {
            buffer.Release();
        }

        BindAnswer answer = await _bound.Task.ConfigureAwait(false);
        _roundTrip = _time.GetElapsedTime(_bindSentAt);
        return answer;
    }

    /// <summary>Begins to send what the binding holds, and to watch the host.</summary>
    /// <param name="answer">The host's answer to the bind.</param>
    /// <param name="announced">Is told, from the receiving side, when the host says goodbye and lets the link work on for a while; also when it has said so already.</param>
    public void Serve(BindAnswer answer, Action<Goodbye, TimeSpan> announced)
    {
        StartTimer(answer.KeepAlive < LinkLimits.ShortestKeepAlive ? LinkLimits.ShortestKeepAlive : answer.KeepAlive, answer.DeadAfter);
        AnnounceTo(announced);
        lock (_binding.Gate)
        {
            _serving = true;
        }

        Pump();
    }

    /// <summary>Ends the link. Only the first call counts.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="closeCode">Tells the host so with this code, if that is possible at once; 0 cuts the wire.</param>
    public void End(ConnectionFailure failure, int closeCode = 0)
    {
        bool sending;
        lock (_binding.Gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            sending = _isSending;
            Enter_NeedsGate();
        }

        _binding.Detach(this);
        StopTimer();
        if (_bound.TrySetException(failure.ToException()))
        {
            // Seen, also when no bind waits for it.
            _ = _bound.Task.Exception;
        }

        _completion.TrySetResult(failure);
        if (closeCode != 0 && !sending)
        {
            _ = CloseAsync(closeCode, failure.Message);
        }
        else
        {
            _transport.Abort();
            Leave();
        }
    }

    /// <summary>Something of the link begins to run: <see cref="Finished"/> waits for it.</summary>
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

    private async Task CloseAsync(int code, string reason)
    {
        try
        {
            using CancellationTokenSource timeout = _time.CreateTimeout(CloseTimeout);
            await _transport.CloseAsync(code, reason.Length > 100 ? reason.Substring(0, 100) : reason, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // A close frame is a courtesy: the wire may be gone already.
            ConnectionLog.CloseFailed(_logger, exception, code);
        }
        finally
        {
            _transport.Abort();
            Leave();
        }
    }
}
