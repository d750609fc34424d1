using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Host.Requests;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <summary>
/// Keeps each request of a binding to one run, however often it is sent. Belongs to the session's lock.
/// </summary>
internal sealed class RequestLedger
{
    private readonly Dictionary<long, HostRequest> _running = [];
    private readonly Dictionary<long, OutboundFrame> _finished = [];
    private long _keptBytes;
    private long _runningBytes;

    /// <summary>Gets the highest id such that it and all before it have arrived.</summary>
    public long Received { get; private set; }

    /// <summary>Gets the highest id up to which the client has all answers.</summary>
    public long Answered { get; private set; }

    /// <summary>Gets the requests that have started and not ended.</summary>
    public IReadOnlyCollection<HostRequest> Running => _running.Values;

    /// <summary>Gets how many answers are kept.</summary>
    public int KeptAnswers => _finished.Count;

    /// <summary>Gets whether the client has left more answers unacknowledged, or asked for more at once, than a host must keep.</summary>
    public bool IsOverfull =>
        _finished.Count > HostLimits.KeptAnswers || _keptBytes > HostLimits.KeptBytes
        || _running.Count >= HostLimits.Running || _runningBytes >= HostLimits.RunningBytes;

    /// <summary>Decides about a request, without taking it in.</summary>
    public RequestAdmission Admit(long id, out OutboundFrame answer)
    {
        answer = default;
        if (id <= Answered)
        {
            return RequestAdmission.Acknowledged;
        }

        if (id > Received)
        {
            return id == Received + 1 ? RequestAdmission.New : RequestAdmission.Gap;
        }

        return _finished.TryGetValue(id, out answer) ? RequestAdmission.Finished : RequestAdmission.Running;
    }

    /// <summary>Takes in the next request.</summary>
    public void Start(HostRequest request)
    {
        Received = request.Id;
        _running.Add(request.Id, request);
        _runningBytes += request.Bytes;
    }

    /// <summary>Keeps the answer of a running request; false when it has been answered already.</summary>
    public bool Finish(long id, OutboundFrame answer)
    {
        if (!_running.Remove(id, out HostRequest? request))
        {
            return false;
        }

        _runningBytes -= request.Bytes;

        // A client may know an answer only when it has been sent one, so this id is above Answered.
        _finished.Add(id, answer);
        _keptBytes += answer.Bytes.Length;
        return true;
    }

    public bool TryGetRunning(long id, out HostRequest? request) => _running.TryGetValue(id, out request);

    /// <summary>Forgets answers that the client has; an id that never was is read as the last one there is.</summary>
    public void Acknowledge(long answered)
    {
        long upTo = Math.Min(answered, Received);
        while (Answered < upTo && !_running.ContainsKey(Answered + 1))
        {
            Answered++;
            if (_finished.Remove(Answered, out OutboundFrame answer))
            {
                _keptBytes -= answer.Bytes.Length;
            }
        }
    }
}
