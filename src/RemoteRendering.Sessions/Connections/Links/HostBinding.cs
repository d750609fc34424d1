using RemoteRendering.Sessions.Connections.Messages;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>
/// Represents the binding of this device to the session, with its requests. It outlives its links: unanswered requests are sent again on
/// the next link, and the host runs each request once.
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

    /// <summary>Gets the last answer of the host; <see langword="null"/> before the first.</summary>
    public BindAnswer? Answer { get; private set; }

    /// <summary>Gets the highest id up to which all requests are answered.</summary>
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

    /// <summary>Gets the number of requests that wait for a link or for their answers.</summary>
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

    /// <summary>Gets or sets the part that uses the binding, or <see langword="null"/>.</summary>
    public IHostBindingPart? Part
    {
        get => Volatile.Read(ref _part);
        set => Volatile.Write(ref _part, value);
    }

    /// <summary>
    /// Attaches a link that the host has bound. Requests of a binding that the host has lost fail: it is unknown whether they ran.
    /// </summary>
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
            // Before callers can handle the failures, because the scene of the requests is lost.
            Part?.OnBindingLost(answer);
            FailAll(lost, new ConnectionFailure(
                null, RenderingConnectionReason.SceneLost,
                    "The host has lost the binding of the request. It is unknown whether the request ran."));
        }
    }

    /// <summary>Detaches a lost link; requests wait for the next one.</summary>
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

    /// <summary>Fails all pending and later requests.</summary>
    public void Close(ConnectionFailure failure)
    {
        List<HostRequest> lost;
        lock (Gate)
        {
            if (_closed is not null)
            {
                // The only request now is the last one, see EnqueueLast_NeedsGate.
                return;
            }

            _closed = failure;
            lost = TakeAll_NeedsGate(restart: false);
        }

        Part?.OnClosed(failure);
        FailAll(lost, failure);
    }

    /// <summary>Enqueues a request, which is sent as soon as there is a link.</summary>
    /// <exception cref="RenderingConnectionException">The connection has ended, or too many requests are waiting.</exception>
    public void Submit(HostRequest request) => Enqueue(request)?.Pump();

    /// <summary>
    /// Enqueues a request, which is sent after the earlier ones. The caller pumps the returned link, if there is one, after it has released
    /// all locks.
    /// </summary>
    /// <exception cref="RenderingConnectionException">
    /// The connection has ended, too many requests are waiting, or the request belongs to a lost binding.
    /// </exception>
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

    /// <summary>Finds a request for which the host reports progress, which extends its time-out.</summary>
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

    /// <summary>Enqueues the last request of a binding that is closed for all others. The caller holds the lock.</summary>
    /// <param name="cursor">The id of the last request sent on the link.</param>
    /// <param name="request">The request.</param>
    public void EnqueueLast_NeedsGate(long cursor, HostRequest request)
    {
        // Requests that were not sent again after a resume are dropped, and the host accepts no gap in the ids.
        _window.ResumeAfter(Math.Max(cursor, Answer?.Received ?? 0));
        _unsent.Enqueue(request);
    }

    /// <summary>Removes the request of an answer.</summary>
    /// <param name="id">The id of the answer.</param>
    /// <param name="bytes">The size of the answer.</param>
    /// <param name="request">The request; <see langword="null"/> for a duplicate answer.</param>
    /// <param name="isAcknowledgementDue">Whether an acknowledgement is due before pending requests are sent.</param>
    /// <returns>False for an id that was never assigned.</returns>
    public bool TryTakeAnswered(long id, int bytes, out HostRequest? request, out bool isAcknowledgementDue)
    {
        lock (Gate)
        {
            request = null;
            isAcknowledgementDue = false;
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
            isAcknowledgementDue = _answersSinceSaid >= LinkLimits.AcknowledgeAnswers || _bytesSinceSaid >= LinkLimits.AcknowledgeBytes
                || (wasFull && !_window.IsFull);
            return true;
        }
    }

    /// <summary>Finds the next request to send on a link. The caller holds the lock.</summary>
    /// <param name="cursor">The id of the last request sent on this link; it is advanced.</param>
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

    /// <summary>Returns the id to acknowledge, and records that it is acknowledged. The caller holds the lock.</summary>
    public long TakeAcknowledgement_NeedsGate()
    {
        _answersSinceSaid = 0;
        _bytesSinceSaid = 0;
        return _window.Answered;
    }

    /// <summary>
    /// Gets the number of pending requests. Requests that were cancelled before they were sent are still in the queue and do not count.
    /// </summary>
    private int Outstanding_NeedsGate => _window.Count + _unsent.Count - _cancelledUnsent;

    /// <summary>
    /// Gets a value indicating whether a request can be sent. After the binding is closed there is only the last request, which can always
    /// be sent.
    /// </summary>
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
            return new RenderingConnectionException(
                RenderingConnectionReason.NoConnection, $"The connection has ended: {closed.Message}", null, closed.Error);
        }

        if (request.Epoch != 0 && request.Epoch != Answer?.Epoch)
        {
            return new RenderingConnectionException(RenderingConnectionReason.SceneLost, "The scene of the request no longer exists.");
        }

        if (Answer is { } answer && request.Length + request.RoomForId > answer.MaxMessageBytes)
        {
            return new RenderingConnectionException(
                RenderingConnectionReason.MessageTooLarge,
                    $"The request has {request.Length} bytes; the host accepts at most {answer.MaxMessageBytes}.");
        }

        return Outstanding_NeedsGate >= LinkLimits.MaxOutstanding
            ? new RenderingConnectionException(RenderingConnectionReason.TooManyRequests,
                $"The limit of {LinkLimits.MaxOutstanding} requests without an answer is reached.")
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
