using System.Threading.Channels;
using RemoteRendering.Sessions.Emulator.Host;
using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>
/// A link on which things can go wrong. Undisturbed it passes calls straight on; from the first disturbance of a direction on, that direction runs
/// through a queue, so that frames can be late without holding up each other.
/// </summary>
internal sealed class FaultyLink(HostLink carrier, HostEngine engine, int number) : HostLink
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Channel<LaneFrame>? _arrivals;
    private Channel<LaneFrame>? _departures;
    private ITimer? _cutTimer;
    private int _isDisposed;

    /// <summary>Gets which of the host's links this is, from 1.</summary>
    public int Number => number;

    public LinkLane ToHost { get; } = new();

    public LinkLane ToClient { get; } = new();

    /// <summary>Gets whether a message that has just been received must go through <see cref="DisturbAsync"/>.</summary>
    public bool MustDisturb => _arrivals is null && ToHost.IsDisturbed;

    /// <inheritdoc/>
    /// <remarks>
    /// Passes the carrier's own task on while nothing is wrong: that is the path every request of a healthy link takes. A disturbance that begins
    /// while it waits is applied by <see cref="DisturbAsync"/>.
    /// </remarks>
    public override ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken) =>
        _arrivals is { } arrivals ? TakeArrivalAsync(arrivals.Reader) : carrier.ReceiveAsync(maxBytes, cancellationToken);

    /// <summary>Hears of the parts of a message, too, while nothing is wrong on their way.</summary>
    public void WatchParts(Action received)
    {
        carrier.PartReceived = () =>
        {
            if (!ToHost.IsDisturbed)
            {
                received();
            }
        };
    }

    /// <summary>Puts a message, and all after it, through what is wrong with the link.</summary>
    public ValueTask<HostMessage> DisturbAsync(HostMessage message, int maxBytes, CancellationToken cancellationToken)
    {
        _arrivals = Channel.CreateUnbounded<LaneFrame>();
        if (Arrive(message))
        {
            engine.Background.Add(PumpArrivalsAsync(maxBytes, cancellationToken));
        }

        return TakeArrivalAsync(_arrivals.Reader);
    }

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind) =>
        UsesQueue() ? new(Depart(new HostMessage(kind, message))) : carrier.SendAsync(message, kind);

    public override ValueTask<bool> SendUnfinishedAsync(ReadOnlyMemory<byte> beginning) => carrier.SendUnfinishedAsync(beginning);

    public override ValueTask<bool> CloseAsync(int code, string reason) =>
        UsesQueue() ? new(Depart(new HostMessage(HostMessageKind.Close, CloseCode: code, CloseReason: reason))) : carrier.CloseAsync(code, reason);

    /// <summary>Breaks the link; where bytes to the client vanish, the client learns nothing of it.</summary>
    public override void Abort()
    {
        _aborted.TrySetResult();
        if (!ToClient.Vanishes)
        {
            Sever();
        }
    }

    /// <summary>Breaks the link for both ends whatever is wrong with it.</summary>
    public void Sever()
    {
        _aborted.TrySetResult();
        carrier.Abort();
        EndLanes();
    }

    /// <summary>Loses everything both ways from now on.</summary>
    public void GoHalfOpen(HostWireDirection direction)
    {
        if (direction.HasFlag(HostWireDirection.ToHost))
        {
            ToHost.Vanish();
        }

        if (direction.HasFlag(HostWireDirection.ToClient))
        {
            ToClient.Vanish();
        }
    }

    public void CutAfter(TimeSpan delay)
    {
        _cutTimer = BackgroundWork.CreateTimer(engine.Time, static state => ((FaultyLink)state!).Sever(), this, delay, Timeout.InfiniteTimeSpan);
        if (Volatile.Read(ref _isDisposed) != 0)
        {
            // The link ended meanwhile and has not seen the timer.
            _cutTimer.Dispose();
        }
    }

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _cutTimer?.Dispose();
            EndLanes();
            carrier.Dispose();
        }
    }

    private void EndLanes()
    {
        _ended.Cancel();
        ToHost.End();
        ToClient.End();
    }

    private async ValueTask PumpArrivalsAsync(int maxBytes, CancellationToken cancellationToken)
    {
        while (Arrive(await carrier.ReceiveAsync(maxBytes, cancellationToken).ConfigureAwait(false)))
        {
        }
    }

    /// <summary>Queues what came from the client; false after the last.</summary>
    private bool Arrive(HostMessage message)
    {
        bool isLast = message.Kind is HostMessageKind.Lost or HostMessageKind.Close;
        LaneFault fault = ToHost.Draw(out TimeSpan delay);
        if (!isLast && fault != LaneFault.None)
        {
            Disturb(fault, "toHost");
            isLast = fault != LaneFault.HalfOpen;
            message = HostMessage.Lost;
        }

        // A break travels with the frames before it: what was sent earlier is late, not gone.
        _arrivals!.Writer.TryWrite(new LaneFrame(message with { Payload = message.Payload.ToArray() }, engine.At(delay)));
        return !isLast;
    }

    private async ValueTask<HostMessage> TakeArrivalAsync(ChannelReader<LaneFrame> arrivals)
    {
        while (true)
        {
            LaneFrame frame = await arrivals.ReadAsync().ConfigureAwait(false);
            await PassAsync(ToHost, frame.DueAt).ConfigureAwait(false);
            if (!ToHost.Vanishes)
            {
                return frame.Message;
            }

            if (frame.Message.Kind is HostMessageKind.Lost or HostMessageKind.Close)
            {
                // Not even the end gets through: only this side's own patience ends the link.
                await _aborted.Task.ConfigureAwait(false);
                return HostMessage.Lost;
            }
        }
    }

    private bool UsesQueue()
    {
        if (_departures is null && ToClient.IsDisturbed)
        {
            _departures = Channel.CreateUnbounded<LaneFrame>();
            engine.Background.Add(PumpDeparturesAsync(_departures.Reader));
        }

        return _departures is not null;
    }

    private bool Depart(HostMessage message)
    {
        LaneFault fault = ToClient.Draw(out TimeSpan delay);
        if (fault is LaneFault.HalfOpen or LaneFault.Cut)
        {
            Disturb(fault, "toClient");
            return fault == LaneFault.HalfOpen;
        }

        HostMessageKind kind = fault == LaneFault.Truncate ? HostMessageKind.TooLarge : message.Kind;
        return _departures!.Writer.TryWrite(new LaneFrame(message with { Kind = kind }, engine.At(delay)));
    }

    private async ValueTask PumpDeparturesAsync(ChannelReader<LaneFrame> departures)
    {
        try
        {
            await foreach (LaneFrame frame in departures.ReadAllAsync(_ended.Token).ConfigureAwait(false))
            {
                await PassAsync(ToClient, frame.DueAt).ConfigureAwait(false);
                if (!ToClient.Vanishes)
                {
                    await DeliverAsync(frame).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The link ended with frames on their way.
        }
    }

    private async ValueTask DeliverAsync(LaneFrame frame)
    {
        HostMessage message = frame.Message;
        bool sent = message.Kind switch
        {
            HostMessageKind.Close => await carrier.CloseAsync(message.CloseCode!.Value, message.CloseReason!).ConfigureAwait(false),
            HostMessageKind.Text or HostMessageKind.Binary => await carrier.SendAsync(message.Payload, message.Kind).ConfigureAwait(false),
            _ => await TruncateAsync(message).ConfigureAwait(false),
        };
        if (!sent)
        {
            Abort();
        }
    }

    private async ValueTask<bool> TruncateAsync(HostMessage message)
    {
        engine.Journal.Fault(number, "truncate", "toClient");
        await carrier.SendUnfinishedAsync(message.Payload[..(message.Payload.Length / 2)]).ConfigureAwait(false);
        Sever();
        return false;
    }

    private async ValueTask PassAsync(LinkLane lane, long dueAt)
    {
        try
        {
            TimeSpan wait = engine.Until(dueAt);
            if (wait > TimeSpan.Zero)
            {
                await engine.Time.DelayAsync(wait, _ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Severed: there is nothing to wait for.
        }

        await lane.Passage.ConfigureAwait(false);
    }

    private void Disturb(LaneFault fault, string direction)
    {
        engine.Journal.Fault(number, fault.ToString(), direction);
        if (fault == LaneFault.HalfOpen)
        {
            GoHalfOpen(HostWireDirection.Both);
        }
        else
        {
            Sever();
        }
    }
}
