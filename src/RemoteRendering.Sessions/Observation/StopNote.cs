using RemoteRendering.Sessions.Pipeline;

namespace RemoteRendering.Sessions.Observation;

/// <summary>The note of one stop: the session counts as stopped by this client from the first try that is sent, until it is certain that none took effect.</summary>
internal sealed class StopNote(StopNotes notes, string sessionId) : ISendNote
{
    private bool _isFirst;
    private int _sent;

    public void Sending()
    {
        // Before the try leaves: its effect may be noticed elsewhere before its answer is here.
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
