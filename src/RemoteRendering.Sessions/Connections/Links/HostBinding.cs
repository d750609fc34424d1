namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// The claim of this device on the session, with the requests that live under it. Outlives the links that it is served by: what is not answered is sent again on the next one,
/// and runs once.
/// </summary>
internal sealed partial class HostBinding
{
    private readonly Queue<HostRequest> _unsent = new();
    private readonly RequestWindow _window = new();
    private readonly RequestAges _ages = new();
    private IHostBindingPart? _part;
    private HostLink? _link;
    private ConnectionFailure? _closed;
    private int _answersSinceSaid;
    private int _bytesSinceSaid;
    private int _cancelledUnsent;
    private long _requests;
    private long? _detachedAt;

    /// <summary>Gets the lock of the binding and of its link's sending side: the order of ids is the order of sending.</summary>
    public object Gate { get; } = new();

    /// <summary>Gets the host's last answer; <see langword="null"/> before the first.</summary>
    public BindAnswer? Answer { get; private set; }

    /// <summary>Gets the highest id such that it and all before it are answered.</summary>
    public long Answered
    {
        get
        {
            lock (Gate)
            {
                return _window.Answered;
            }
        }
    }

    /// <summary>Gets a value indicating whether the connection has ended.</summary>
    public bool IsClosed
    {
        get
        {
            lock (Gate)
            {
                return _closed is not null;
            }
        }
    }

    /// <summary>Gets how many requests wait, for a link or for their answers.</summary>
    public int Outstanding
    {
        get
        {
            lock (Gate)
            {
                return Outstanding_NeedsGate;
            }
        }
    }

    /// <summary>Gets or sets what lives on the binding; <see langword="null"/> while nothing does.</summary>
    public IHostBindingPart? Part
    {
        get => Volatile.Read(ref _part);
        set => Volatile.Write(ref _part, value);
    }

    /// <summary>Takes a link that the host has bound. Requests of a binding that the host has given up fail: whether they ran is not known.</summary>
    public void Attach(HostLink link, BindAnswer answer)
    {
        List<HostRequest>? lost = null;
        lock (Gate)
        {
            bool resumed = Answer is { } before && answer.Resumed && before.Epoch == answer.Epoch;
            if (Answer is not null && !resumed)
            {
                lost = TakeAll_NeedsGate(restart: true);
            }

            if (_detachedAt is { } at)
            {
                _ages.Shift(link.Time.GetTimestamp() - at);
                _detachedAt = null;
            }

            Answer = answer;
            _link = link;
            _answersSinceSaid = 0;
            _bytesSinceSaid = 0;
        }

        if (lost is not null)
        {
            // Before anybody can act on the failures: what they belonged to is gone.
            Part?.OnBindingLost(answer);
            FailAll(lost, new ConnectionFailure(
                null, RenderingConnectionReason.SceneLost, "The host has given up the binding that the request belonged to. Whether it ran is not known."));
        }
    }

    /// <summary>The link is gone; requests wait for the next one.</summary>
    public void Detach(HostLink link)
    {
        lock (Gate)
        {
            if (ReferenceEquals(_link, link))
            {
                _link = null;
                _detachedAt = link.Time.GetTimestamp();
            }
        }
    }

    /// <summary>Fails everything that waits, and everything that comes later.</summary>
    public void Close(ConnectionFailure failure)
    {
        List<HostRequest> lost;
        lock (Gate)
        {
            if (_closed is not null)
            {
                // What is there now is the last request, see EnqueueLast_NeedsGate.
                return;
            }

            _closed = failure;
            lost = TakeAll_NeedsGate(restart: false);
        }

        Part?.OnClosed(failure);
        FailAll(lost, failure);
    }

    /// <summary>Takes a request, to be sent as soon as there is a link.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended, or too much waits already.</exception>
    public void Submit(HostRequest request) => Enqueue(request)?.Pump();

    /// <summary>Takes a request, to be sent after those taken before. The caller pumps the link that is returned, if there is one, when it holds no lock.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended, too much waits already, or the request belongs to a binding that is gone.</exception>
    public HostLink? Enqueue(HostRequest request)
    {
        lock (Gate)
        {
            RenderingConnectionException? refusal = Refuse_NeedsGate(request);
            if (refusal is not null)
            {
                request.Finish();
                throw refusal;
            }

            _unsent.Enqueue(request);
            _requests++;
            return _link;
        }
    }

    /// <summary>Finds a request that has been sent and waits for its answer.</summary>
    public HostRequest? Find(long id)
    {
        lock (Gate)
        {
            return _window.Find(id);
        }
    }

    /// <summary>Finds a request that the host works on, and that so may take longer.</summary>
    public HostRequest? FindProgressing(long id, long now)
    {
        lock (Gate)
        {
            HostRequest? request = _window.Find(id);
            if (request is not null)
            {
                _ages.NoteProgress(id, now);
            }

            return request;
        }
    }

    /// <summary>Takes the last request of a binding that is closed for all others. The caller holds the lock.</summary>
    /// <param name="cursor">The id of the last request sent on the link.</param>
    /// <param name="request">The request.</param>
    public void EnqueueLast_NeedsGate(long cursor, HostRequest request)
    {
        // What was not sent again after a resume never will be, and the host takes no gap.
        _window.GoOnAfter(Math.Max(cursor, Answer?.Received ?? 0));
        _unsent.Enqueue(request);
    }

    /// <summary>Takes the request that an answer belongs to.</summary>
    /// <param name="id">The id of the answer.</param>
    /// <param name="bytes">The size of the answer.</param>
    /// <param name="request">The request; <see langword="null"/> when the answer comes a second time.</param>
    /// <param name="sayAnswered">Whether the host should be told soon what has been answered, before what waits is sent.</param>
    /// <returns>False for an id that was never given out.</returns>
    public bool TryTakeAnswered(long id, int bytes, out HostRequest? request, out bool sayAnswered)
    {
        lock (Gate)
        {
            request = null;
            sayAnswered = false;
            if (id > _window.Last)
            {
                return false;
            }

            bool wasFull = _window.IsFull;
            request = _window.Remove(id, bytes);
            request?.Finish();
            _ages.Forget(id);
            _answersSinceSaid++;
            _bytesSinceSaid = (int)Math.Min((long)_bytesSinceSaid + bytes, int.MaxValue);
            sayAnswered = _answersSinceSaid >= LinkLimits.AcknowledgeAnswers || _bytesSinceSaid >= LinkLimits.AcknowledgeBytes || (wasFull && !_window.IsFull);
            return true;
        }
    }

    /// <summary>Finds what to send next on a link. The caller holds the lock.</summary>
    /// <param name="cursor">The id of the last request sent on this link; moved on.</param>
    public HostRequest? Next_NeedsGate(ref long cursor)
    {
        HostRequest? request = _window.After(cursor);
        while (request is null && _unsent.Count > 0 && MayAdd_NeedsGate)
        {
            request = _unsent.Dequeue();
            if (request.IsDone)
            {
                _cancelledUnsent--;
                request = null;
            }
            else
            {
                _window.Add(request);
            }
        }

        if (request is not null)
        {
            cursor = request.Id;
        }

        return request;
    }

    /// <summary>Reads what to tell the host, and remembers that it has been told. The caller holds the lock.</summary>
    public long SayAnswered_NeedsGate()
    {
        _answersSinceSaid = 0;
        _bytesSinceSaid = 0;
        return _window.Answered;
    }

    /// <summary>What was cancelled before it was sent is still in the queue, and is nobody's any more.</summary>
    private int Outstanding_NeedsGate => _window.Count + _unsent.Count - _cancelledUnsent;

    /// <summary>Once the binding is closed there is only the last request, and that always goes.</summary>
    private bool MayAdd_NeedsGate => _closed is not null || !_window.IsFull;

    private static void FailAll(List<HostRequest>? requests, ConnectionFailure failure)
    {
        foreach (HostRequest request in requests ?? [])
        {
            request.Fail(new RenderingConnectionException(failure.Reason, failure.Message, failure.RetryAfter, failure.Error));
        }
    }

    private RenderingConnectionException? Refuse_NeedsGate(HostRequest request)
    {
        if (_closed is { } closed)
        {
            return new RenderingConnectionException(RenderingConnectionReason.NoConnection, $"The connection has ended: {closed.Message}", null, closed.Error);
        }

        if (request.Epoch != 0 && request.Epoch != Answer?.Epoch)
        {
            return new RenderingConnectionException(RenderingConnectionReason.SceneLost, "The scene that the request belongs to is gone.");
        }

        if (Answer is { } answer && request.Length + request.RoomForId > answer.MaxMessageBytes)
        {
            return new RenderingConnectionException(
                RenderingConnectionReason.MessageTooLarge, $"The request has {request.Length} bytes; the host takes {answer.MaxMessageBytes}.");
        }

        return Outstanding_NeedsGate >= LinkLimits.MaxOutstanding
            ? new RenderingConnectionException(RenderingConnectionReason.TooManyRequests, $"{LinkLimits.MaxOutstanding} requests wait for their answers already.")
            : null;
    }

    private List<HostRequest> TakeAll_NeedsGate(bool restart)
    {
        List<HostRequest> all = _window.TakeAll(restart);
        _ages.Clear();
        all.AddRange(_unsent.Where(request => !request.IsDone));
        _unsent.Clear();
        _cancelledUnsent = 0;
        foreach (HostRequest request in all)
        {
            request.Finish();
        }

        return all;
    }
}
