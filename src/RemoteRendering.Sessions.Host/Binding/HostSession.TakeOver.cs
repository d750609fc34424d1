using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host.Binding;

/// <content>One device takes the session from another.</content>
internal sealed partial class HostSession
{
    private HostRefusal? TakeOver_NeedsLock(
        HostBinding holder, HostConnection connection, long requestId, HostBindRequest request, HostEffects effects)
    {
        if (_takeOver is { } running)
        {
            if (!running.Device.IsSame(request.Device))
            {
                return HostRefusal.OtherDevice(host.Until(running.EndsAt));
            }

            if (running.Link is { } older)
            {
                older.PostEnd(HostGoodbye.LinkSuperseded, HostCloseCode.Superseded);
                effects.Flush(older);
            }

            running.Link = connection;
            running.RequestId = requestId;
            connection.WaitForTakeOver(this);
            return null;
        }

        // A holder without a link has nothing to drain.
        TimeSpan drain = holder.Connection is null ? TimeSpan.Zero : request.Drain;
        host.Journal.TakeOverStarted(holder, request.ClientId, drain);
        var takeOver = new HostTakeOver(request, host.At(drain)) { Link = connection, RequestId = requestId };
        _takeOver = takeOver;
        connection.WaitForTakeOver(this);
        if (drain == TimeSpan.Zero)
        {
            FinishTakeOver_NeedsLock(takeOver, effects);
            return null;
        }

        holder.Connection!.Outbox.Post(HostFrames.Goodbye(HostGoodbye.TakenOver(drain)));
        effects.Flush(holder.Connection);
        takeOver.Timer = BackgroundWork.CreateTimer(host.Time, _ => OnDrained(takeOver), null, drain, Timeout.InfiniteTimeSpan);
        return null;
    }

    private void OnDrained(HostTakeOver takeOver)
    {
        var effects = new HostEffects(host);
        lock (_gate)
        {
            if (_takeOver == takeOver)
            {
                FinishTakeOver_NeedsLock(takeOver, effects);
            }
        }

        host.Background.Add(effects.RunAsync());
    }

    private void FinishTakeOver_NeedsLock(HostTakeOver takeOver, HostEffects effects)
    {
        ForgetTakeOver_NeedsLock();
        HostConnection? older = null;
        if (_holder is { } holder)
        {
            older = holder.Connection;
            if (older is not null)
            {
                older.PostEnd(HostGoodbye.TakenOver(TimeSpan.Zero), HostCloseCode.Superseded);
                effects.Flush(older);
            }

            End_NeedsLock(holder, "takenOver", effects);
        }

        BindAnew_NeedsLock(takeOver.Request, takeOver.Link, takeOver.RequestId, older, effects);
    }

    private void ForgetTakeOver_NeedsLock()
    {
        _takeOver?.Timer?.Dispose();
        _takeOver = null;
    }
}
