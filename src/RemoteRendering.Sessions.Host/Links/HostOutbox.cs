namespace RemoteRendering.Sessions.Host.Links;

/// <summary>
/// What waits to be sent on one link. Posting is cheap and allowed under locks; sending happens in <see cref="FlushAsync"/>, in the order
/// of posting, by one caller at a time.
/// </summary>
internal sealed class HostOutbox(HostLink link, Action onSent)
{
    /// <summary>A peer that does not read for so long that this much waits is cut.</summary>
    private const long MaxWaitingBytes = 64L * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Queue<OutboundFrame> _frames = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Code, string Reason)? _close;
    private long _waitingBytes;
    private bool _isSending;
    private bool _isCorked;
    private bool _hasFailed;

    /// <summary>Gets a task that completes when the close has been sent, or nothing can be sent any more.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Gets whether the close has been posted: nothing else will be sent after it.</summary>
    public bool IsClosing
    {
        get
        {
            lock (_gate)
            {
                return _close is not null || _hasFailed;
            }
        }
    }

    /// <summary>Gets whether nothing waits, and something may be sent.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return CanTakeMore_NeedsLock();
            }
        }
    }

    /// <summary>Adds a frame; false when the link is closing.</summary>
    public bool Post(OutboundFrame frame)
    {
        lock (_gate)
        {
            if (_close is not null || _hasFailed)
            {
                return false;
            }

            _frames.Enqueue(frame);
            _waitingBytes += frame.Bytes.Length;
            if (_waitingBytes <= MaxWaitingBytes)
            {
                return true;
            }
        }

        link.Abort();
        return false;
    }

    /// <summary>Adds a frame that may as well be lost, unless something else waits; false when it was dropped.</summary>
    public bool PostIfIdle(OutboundFrame frame)
    {
        lock (_gate)
        {
            if (!CanTakeMore_NeedsLock())
            {
                return false;
            }

            _frames.Enqueue(frame);
            _waitingBytes += frame.Bytes.Length;
            return true;
        }
    }

    /// <summary>Adds the close, after which nothing is taken; false when there is one already.</summary>
    public bool PostClose(int code, string reason)
    {
        lock (_gate)
        {
            if (_close is not null || _hasFailed)
            {
                return false;
            }

            _close = (code, reason);
            return true;
        }
    }

    /// <summary>Holds everything back until <see cref="Uncork"/>.</summary>
    public void Cork()
    {
        lock (_gate)
        {
            _isCorked = true;
        }
    }

    public void Uncork()
    {
        lock (_gate)
        {
            _isCorked = false;
        }
    }

    /// <summary>Sends what waits, unless another caller is at it, who then sends this too.</summary>
    public ValueTask FlushAsync()
    {
        lock (_gate)
        {
            if (_isSending || _isCorked || _hasFailed || (_frames.Count == 0 && _close is null))
            {
                return default;
            }

            _isSending = true;
        }

        return DrainAsync();
    }

    private async ValueTask DrainAsync()
    {
        while (TryTake(out OutboundFrame? next, out (int Code, string Reason) close))
        {
            bool sent = next is { } frame
                ? await link.SendAsync(frame.Bytes, frame.Kind).ConfigureAwait(false)
                : await link.CloseAsync(close.Code, close.Reason).ConfigureAwait(false);
            if (!sent)
            {
                Fail();
                link.Abort();
                return;
            }

            if (next is null)
            {
                Fail();
                return;
            }

            onSent();
        }
    }

    private bool TryTake(out OutboundFrame? next, out (int Code, string Reason) close)
    {
        close = default;
        lock (_gate)
        {
            if (_frames.TryDequeue(out OutboundFrame frame))
            {
                _waitingBytes -= frame.Bytes.Length;
                next = frame;
                return true;
            }

            next = null;
            if (_close is { } waiting)
            {
                close = waiting;
                return true;
            }

            _isSending = false;
            return false;
        }
    }

    private bool CanTakeMore_NeedsLock() => _close is null && !_hasFailed && !_isCorked && !_isSending && _frames.Count == 0;

    private void Fail()
    {
        lock (_gate)
        {
            _hasFailed = true;
            _frames.Clear();
            _isSending = false;
        }

        _ended.TrySetResult();
    }
}
