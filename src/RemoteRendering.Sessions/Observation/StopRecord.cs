using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Observation;

/// <summary>
/// Records one stop: the session counts as stopped by this client from the first try that is sent, until it is certain that no try took
/// effect.
/// </summary>
internal sealed class StopRecord(StoppedSessions notes, string sessionId) : ISendNote
{
    private bool _isFirst;
    private int _sent;

    public void Sending()
    {
        // Before the try is sent: its effect may be observed elsewhere before its answer arrives.
        _isFirst |= notes.Add(sessionId);
        _sent++;
    }

    public void NotSent()
    {
        if (--_sent == 0)
        {
            Refused();
        }
    }

    public void Refused()
    {
        if (_isFirst)
        {
            notes.Remove(sessionId);
            _isFirst = false;
        }
    }
}
