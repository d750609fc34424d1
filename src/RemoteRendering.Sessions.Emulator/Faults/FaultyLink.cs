using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>
/// A link with faults, around the link that carries it. Undisturbed it passes calls on; from the first disturbance of a direction on, that
/// direction runs through a queue, so that frames can be late without holding up each other.
/// </summary>
internal sealed class FaultyLink : HostLink
{
    private readonly HostLink _carrier;
    private readonly HostFaults _faults;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Channel<LaneFrame>? _arrivals;
    private Channel<LaneFrame>? _departures;
    private ITimer? _cutTimer;
    private int _isDisposed;

    public FaultyLink(HostLink carrier, HostFaults faults, int number)
    {
        _carrier = carrier;
        _faults = faults;
        Number = number;

        // A part of a message is a sign of life only while nothing is wrong on its way.
        carrier.PartReceived = () =>
        {
            if (!ToHost.IsDisturbed)
            {
                PartReceived?.Invoke();
            }
        };
    }

    /// <summary>Gets which of the host's links this is, from 1.</summary>
    public int Number { get; }

    public LinkLane ToHost { get; } = new();

    public LinkLane ToClient { get; } = new();

    public override ValueTask<HostMessage> ReceiveAsync(int maxBytes, CancellationToken cancellationToken) =>
        _arrivals is { } arrivals ? TakeArrivalAsync(arrivals.Reader) : ReceiveDirectAsync(maxBytes, cancellationToken);

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> message, HostMessageKind kind) =>
        UsesQueue()
            ? new(Depart(kind == HostMessageKind.Binary ? HostMessage.Binary(message) : HostMessage.Text(message)))
            : _carrier.SendAsync(message, kind);

    public override ValueTask<bool> CloseAsync(int code, string reason) =>
        UsesQueue() ? new(Depart(HostMessage.Close(code, reason))) : _carrier.CloseAsync(code, reason);

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
        _carrier.Abort();
        EndLanes();
    }

    /// <summary>Loses everything both ways from now on.</summary>
    public void GoHalfOpen(HostFaultDirection direction)
    {
        if (direction.HasFlag(HostFaultDirection.ToHost))
        {
            ToHost.Vanish();
        }

        if (direction.HasFlag(HostFaultDirection.ToClient))
        {
            ToClient.Vanish();
        }
    }

    public void CutAfter(TimeSpan delay)
    {
        _cutTimer =
            BackgroundWork.CreateTimer(_faults.Time, static state => ((FaultyLink)state!).Sever(), this, delay, Timeout.InfiniteTimeSpan);
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
            _carrier.Dispose();
            _faults.Forget(this);
        }
    }

    /// <summary>Receives from the carrier. A disturbance that began meanwhile counts for the message, and for all after it.</summary>
    // Pending most of the time and awaited once, so the pool saves an allocation for each message.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<HostMessage> ReceiveDirectAsync(int maxBytes, CancellationToken cancellationToken)
    {
        HostMessage message = await _carrier.ReceiveAsync(maxBytes, cancellationToken).ConfigureAwait(false);
        if (!ToHost.IsDisturbed)
        {
            return message;
        }

        _arrivals = Channel.CreateUnbounded<LaneFrame>();
        if (Arrive(message))
        {
            _faults.Background.Add(PumpArrivalsAsync(maxBytes, cancellationToken));
        }

        return await TakeArrivalAsync(_arrivals.Reader).ConfigureAwait(false);
    }

    private void EndLanes()
    {
        _ended.Cancel();
        ToHost.End();
        ToClient.End();
    }

    private async ValueTask PumpArrivalsAsync(int maxBytes, CancellationToken cancellationToken)
    {
        while (Arrive(await _carrier.ReceiveAsync(maxBytes, cancellationToken).ConfigureAwait(false)))
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
        _arrivals!.Writer.TryWrite(new LaneFrame(message.Copy(), _faults.Time.TimestampIn(delay)));
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
            _faults.Background.Add(PumpDeparturesAsync(_departures.Reader));
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

        return _departures!.Writer.TryWrite(new LaneFrame(message, _faults.Time.TimestampIn(delay), fault == LaneFault.Truncate));
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
        bool sent =
            frame.IsTruncated ? await TruncateAsync(message).ConfigureAwait(false) :
            message.Kind == HostMessageKind.Close
                ? await _carrier.CloseAsync(message.CloseCode!.Value, message.CloseReason!).ConfigureAwait(false)
                :
            await _carrier.SendAsync(message.Payload, message.Kind).ConfigureAwait(false);
        if (!sent)
        {
            Abort();
        }
    }

    private async ValueTask<bool> TruncateAsync(HostMessage message)
    {
        _faults.Report(this, "truncate", "toClient");

        // Without sockets a message that has no end never becomes one at the other end.
        if (_carrier is WebSocketHostLink socket)
        {
            await socket.SendUnfinishedAsync(message.Payload[..(message.Payload.Length / 2)]).ConfigureAwait(false);
        }

        Sever();
        return false;
    }

    private async ValueTask PassAsync(LinkLane lane, long dueAt)
    {
        try
        {
            TimeSpan wait = _faults.Time.GetElapsedTime(_faults.Time.GetTimestamp(), dueAt);
            if (wait > TimeSpan.Zero)
            {
                await _faults.Time.DelayAsync(wait, _ended.Token).ConfigureAwait(false);
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
        _faults.Report(this, fault.ToString(), direction);
        if (fault == LaneFault.HalfOpen)
        {
            GoHalfOpen(HostFaultDirection.Both);
        }
        else
        {
            Sever();
        }
    }
}
