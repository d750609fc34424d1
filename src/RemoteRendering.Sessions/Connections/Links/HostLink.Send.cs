using System.Buffers.Text;
using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>The sending side: a caller that enqueues a request sends all pending requests, unless another caller is sending.</summary>
internal sealed partial class HostLink
#if NET8_0_OR_GREATER
    : IThreadPoolWorkItem
#endif
{
    /// <summary>
    /// The time after a failed send in which the receiving side may still read the reason the link ended: 250 milliseconds.
    /// </summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(250);

    private static readonly ContextCallback SendAll = static link => _ = ((HostLink)link!).SendAllAsync();

    private readonly byte[] _control = new byte[96];
    private Queue<long>? _cancels;
    private bool _isSending;

    /// <summary>Completes when the sends that the end of the link has found under way are out.</summary>
    private TaskCompletionSource<bool>? _sent;

    private bool _serving;
    private bool _keepAliveDue;
    private long _cursor;

    private static ReadOnlySpan<byte> KeepAliveStart => "{\"jsonrpc\":\"2.0\",\"method\":\"keepAlive\",\"params\":{\"answered\":"u8;

    private static ReadOnlySpan<byte> CancelStart => "{\"jsonrpc\":\"2.0\",\"method\":\"cancel\",\"params\":{\"id\":"u8;

    /// <summary>Sends pending requests; if another thread is sending, it sends these too.</summary>
    public void Pump()
    {
        lock (_binding.Gate)
        {
            if (_ended || _isSending)
            {
                return;
            }

            _isSending = true;
            Enter_NeedsGate();
        }

        // A long send continues with requests of other callers, and so must not run in the execution context of the first caller.
        if (_flow is { } flow)
        {
            ExecutionContext.Run(flow.CreateCopy(), SendAll, this);
        }
        else
        {
            _ = SendAllAsync();
        }
    }

    /// <summary>
    /// Sends pending requests on the thread pool. Timers and loops of the library use it: the transport is code of the application and may
    /// block.
    /// </summary>
#if NET8_0_OR_GREATER
    public void PumpElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute() => Pump();
#else
    public void PumpElsewhere() => ThreadPool.UnsafeQueueUserWorkItem(static link => ((HostLink)link!).Pump(), this);
#endif

    /// <summary>Sends the last request of a binding that is closed for all others.</summary>
    public void SubmitLast(HostRequest request)
    {
        lock (_binding.Gate)
        {
            _binding.EnqueueLast_NeedsGate(_cursor, request);
        }

        Pump();
    }

    /// <summary>Notifies the host that an answer is no longer needed.</summary>
    public void SendCancel(long id)
    {
        lock (_binding.Gate)
        {
            if (id > _cursor)
            {
                // The request is not sent on this link yet: the cancel follows it.
                return;
            }

            Cancel_NeedsGate(id);
        }

        PumpElsewhere();
    }

    /// <summary>Sends the bind, which precedes all other messages. A failure ends the link.</summary>
    private async Task SendBindAsync(BindRequest request)
    {
        var buffer = new PooledBuffer(512);
        try
        {
            request.WriteTo(buffer);
            await _transport.SendAsync(buffer.Memory, RenderingMessageKind.Text).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(ConnectionFailure.FromException(exception, RenderingConnectionReason.ConnectionLost));
        }
        finally
        {
            buffer.Release();
            Leave();
        }
    }

    private void DueKeepAlive()
    {
        lock (_binding.Gate)
        {
            _keepAliveDue = true;
        }
    }

    private async Task SendAllAsync()
    {
        ConnectionFailure? failure = null;
        while (failure is null && TryTakeNext(out ReadOnlyMemory<byte> bytes, out HostRequest? request))
        {
            try
            {
                await _transport.SendAsync(bytes, request?.Kind ?? RenderingMessageKind.Text).ConfigureAwait(false);
                Volatile.Write(ref _lastSent, _time.GetTimestamp());
            }
            catch (Exception exception)
            {
                failure = ConnectionFailure.FromException(exception, RenderingConnectionReason.ConnectionLost);
            }
            finally
            {
                Sent(request);
            }
        }

        if (failure is not null)
        {
            await EndAfterSendAsync(failure).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Ends the link after a failed send. A host that closes the connection makes sends fail before its last messages are read; these
    /// contain the real reason.
    /// </summary>
    private async Task EndAfterSendAsync(ConnectionFailure failure)
    {
        // An announced end is compared with the time of the failure.
        ConnectionFailure end = failure.Final is null ? FindGoodbye() ?? failure : failure;
        if (end.Final is null)
        {
            try
            {
                await Completion.WaitAsync(LastWords, _time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // No more messages arrived.
            }
        }

        EndSending();
        End(end);
    }

    private void EndSending()
    {
        lock (_binding.Gate)
        {
            StopSending_NeedsGate();
        }
    }

    private void StopSending_NeedsGate()
    {
        _isSending = false;
        _sent?.TrySetResult(true);
        Leave_NeedsGate();
    }

    private bool TryTakeNext(out ReadOnlyMemory<byte> bytes, out HostRequest? request)
    {
        lock (_binding.Gate)
        {
            request = null;
            bytes = default;
            if (_ended)
            {
                StopSending_NeedsGate();
                return false;
            }

            if (_keepAliveDue)
            {
                _keepAliveDue = false;
                bytes = EncodeControl(KeepAliveStart, _binding.TakeAcknowledgement_NeedsGate());
                return true;
            }

            if (_cancels is { Count: > 0 })
            {
                bytes = EncodeControl(CancelStart, _cancels.Dequeue());
                return true;
            }

            request = _serving ? _binding.Next_NeedsGate(ref _cursor) : null;
            if (request is null)
            {
                StopSending_NeedsGate();
                return false;
            }

            if (request.IsAbandoned)
            {
                Cancel_NeedsGate(request.Id);
            }

            request.BeginSending();
            bytes = request.Bytes;
            return true;
        }
    }

    private void Sent(HostRequest? request)
    {
        if (request is null)
        {
            return;
        }

        lock (_binding.Gate)
        {
            request.EndSending();
        }
    }

    private void Cancel_NeedsGate(long id) => (_cancels ??= new Queue<long>()).Enqueue(id);

    /// <summary>Encodes a control message. There is one sender at a time, so one buffer is enough.</summary>
    private ReadOnlyMemory<byte> EncodeControl(ReadOnlySpan<byte> start, long number)
    {
        start.CopyTo(_control);
        Utf8Formatter.TryFormat(number, _control.AsSpan(start.Length), out int digits);
        int length = start.Length + digits;
        _control[length++] = (byte)'}';
        _control[length++] = (byte)'}';
        return _control.AsMemory(0, length);
    }
}
