namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Requests that are given up before their answers arrive: cancelled by the caller, or timed out.</summary>
internal sealed partial class HostBinding
{
    /// <summary>Fails requests whose answers have timed out. They are cancelled at the host, and the binding continues.</summary>
    public void TimeOut(HostLink link, TimeSpan limit, long now)
    {
        List<HostRequest>? late = null;
        lock (Gate)
        {
            if (!ReferenceEquals(_link, link) || _closed is not null)
            {
                return;
            }

            _ages.Look(now, limit, _window.Last, _requests, link.Time);
            TakeLate_NeedsGate(ref late, link, limit, now);
        }

        if (late is null)
        {
            return;
        }

        foreach (HostRequest request in late)
        {
            if (request.Id != 0)
            {
                link.SendCancel(request.Id);
            }

            request.Fail(
                new RenderingConnectionException(
                    RenderingConnectionReason.Timeout, $"The host did not answer the request within {limit}."));
        }
    }

    /// <summary>Cancels a request: an unsent request is never sent, a sent one is cancelled at the host.</summary>
    public void Cancel(HostRequest request, CancellationToken cancellationToken)
    {
        HostLink? link = null;
        lock (Gate)
        {
            if (request.IsDone)
            {
                return;
            }

            if (request.Id == 0)
            {
                request.Finish();
                _cancelledUnsent++;
                CompactUnsent_NeedsGate();
            }
            else
            {
                request.IsAbandoned = true;
                link = _link;
            }
        }

        link?.SendCancel(request.Id);
        request.Cancel(cancellationToken);
    }

    private void TakeLate_NeedsGate(ref List<HostRequest>? late, HostLink link, TimeSpan limit, long now)
    {
        for (HostRequest? request = _window.After(0); request is not null && request.Id <= _ages.LateId;
            request = _window.After(request.Id))
        {
            if (request.MayTimeOut && !request.IsAbandoned && !_ages.IsProgressing(request.Id, now, limit, link.Time))
            {
                request.IsAbandoned = true;
                (late ??= []).Add(request);
            }
        }

        long number = _requests - _unsent.Count;
        foreach (HostRequest request in _unsent)
        {
            if (++number > _ages.LateNumber)
            {
                break;
            }

            if (request.MayTimeOut && !request.IsDone)
            {
                request.Finish();
                _cancelledUnsent++;
                (late ??= []).Add(request);
            }
        }

        CompactUnsent_NeedsGate();
    }

    private void CompactUnsent_NeedsGate()
    {
        if (_cancelledUnsent < 64 || _cancelledUnsent < _unsent.Count / 2)
        {
            return;
        }

        for (int left = _unsent.Count; left > 0; left--)
        {
            HostRequest request = _unsent.Dequeue();
            if (!request.IsDone)
            {
                _unsent.Enqueue(request);
            }
        }

        _cancelledUnsent = 0;
    }
}
