using System.Threading.Channels;

namespace RemoteRendering.Sessions.Observation;

/// <summary>Represents one reader of the changes of all sessions, in order. Written under the lock of the table.</summary>
internal sealed class AccountSubscription
{
    private readonly Channel<RenderingSessionChange> _changes =
        Channel.CreateUnbounded<RenderingSessionChange>(new UnboundedChannelOptions { SingleReader = true });
    private long _number;

    public void Write_NeedsLock(
        RenderingSessionChangeKinds kinds, RenderingSessionProperties? before, RenderingSessionProperties now,
        RenderingSessionEndReason? endReason)
        => _changes.Writer.TryWrite(new RenderingSessionChange(++_number, kinds, before, now, endReason));

    public void Fail(Exception failure) => _changes.Writer.TryComplete(failure);

    /// <summary>Waits for the next change; throws the exception that ended the watch.</summary>
    public async ValueTask<RenderingSessionChange> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_changes.Reader.TryRead(out RenderingSessionChange? change))
            {
                return change;
            }

            await _changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
