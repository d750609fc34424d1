using System.Threading.Channels;

namespace RemoteRendering.Sessions.Observation;

/// <summary>Represents one reader of the reads of a session, in order. Written under the lock of the handle.</summary>
internal sealed class SessionSubscription
{
    private readonly Channel<SessionLook> _looks =
        Channel.CreateUnbounded<SessionLook>(new UnboundedChannelOptions { SingleReader = true });
    private long _number;

    public void Write_NeedsLock(
        RenderingSessionChangeKinds kinds, RenderingSessionProperties? before, RenderingSessionProperties now, bool stoppedHere)
    {
        RenderingSessionChange? change = kinds == RenderingSessionChangeKinds.None
            ? null
            : new RenderingSessionChange(++_number, kinds, before, now, SessionDifference.EndReason(now, stoppedHere));
        _looks.Writer.TryWrite(new SessionLook(now, change, isFirst: before is null));
    }

    public void Fail(Exception failure, bool isFinal) => _looks.Writer.TryWrite(new SessionLook(failure, isFinal));

    public async ValueTask<SessionLook> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_looks.Reader.TryRead(out SessionLook look))
            {
                return look;
            }

            await _looks.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
