using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Messages;
using RemoteRendering.Sessions.Emulator.Host.Requests;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Host.Links;

/// <summary>The life of one link: wait for the bind, pass frames on, keep alive, notice death, close.</summary>
internal sealed class HostConnection
{
    /// <summary>How long a peer may take to answer a close.</summary>
    private static readonly TimeSpan CloseLinger = TimeSpan.FromSeconds(2);

    /// <summary>How often a link whose bind waits for a drain gets a sign of life: its terms are not settled yet, so this is the protocol's own.</summary>
    private static readonly TimeSpan WaitingKeepAlive = TimeSpan.FromSeconds(5);

    private readonly HostEngine _engine;
    private readonly FaultyLink _link;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastReceived;
    private long _lastSent;
    private long _due;
    private volatile HostConnectionPhase _phase;
    private volatile HostSession? _session;
    private volatile HostBinding? _binding;

    public HostConnection(HostEngine engine, FaultyLink link, string? bearer)
    {
        _engine = engine;
        _link = link;
        Bearer = bearer;
        _lastReceived = _lastSent = engine.Time.GetTimestamp();
        Outbox = new HostOutbox(link, () => Volatile.Write(ref _lastSent, engine.Time.GetTimestamp()));
        link.WatchParts(() => Volatile.Write(ref _lastReceived, engine.Time.GetTimestamp()));
        _timer = BackgroundWork.CreateTimer(engine.Time, static state => ((HostConnection)state!).OnTimer(), this);

        // Not before the field has it: what it does when it is due uses it.
        Schedule(engine.Behavior.BindDeadline);
    }

    /// <summary>Gets the token that was shown at the upgrade.</summary>
    public string? Bearer { get; }

    public HostOutbox Outbox { get; }

    public FaultyLink Link => _link;

    /// <summary>Gets the number of the link within its binding; 0 before the bind.</summary>
    public int LinkNumber { get; private set; }

    /// <summary>Gets the binding of the link; null before the bind.</summary>
    public HostBinding? Binding => _binding;

    /// <summary>Gets the session of the link; null before the bind.</summary>
    public string? SessionId => _session?.SessionId;

    /// <summary>Gets how long nothing has been received.</summary>
    public TimeSpan Silence => _engine.Time.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>Gets a task that completes when nothing of the link is left.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Runs the link until it has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        string cause = "lost";
        int maxBytes = _engine.Behavior.MaxMessageBytes;
        try
        {
            while (true)
            {
                HostMessage message = await _link.ReceiveAsync(maxBytes, cancellationToken).ConfigureAwait(false);
                if (_link.MustDisturb)
                {
                    message = await _link.DisturbAsync(message, maxBytes, cancellationToken).ConfigureAwait(false);
                }

                if (message.Kind is HostMessageKind.Lost or HostMessageKind.Close)
                {
                    cause = message.Kind == HostMessageKind.Close ? "closed" : "lost";
                    break;
                }

                Volatile.Write(ref _lastReceived, _engine.Time.GetTimestamp());
                try
                {
                    await HandleAsync(message).ConfigureAwait(false);
                }
                catch (Exception)
                {
                    // Whatever a frame brings about, it is the end of its link at most.
                    await FailAsync(HostCloseCode.Broken, "broken").ConfigureAwait(false);
                }
            }

            if (cause == "closed" && Outbox.PostClose(HostCloseCode.Normal, "Closed by the client."))
            {
                await Outbox.FlushAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _session?.OnLinkLost(this, cause);
            await _timer.DisposeAsync().ConfigureAwait(false);
            _link.Abort();
            _link.Dispose();
            _completion.TrySetResult();
        }
    }

    public void Abort() => _link.Abort();

    /// <summary>Notes that the host did not run, if what the link had to do next is overdue.</summary>
    public void NoticeStall() => _engine.NoticeStall(Volatile.Read(ref _due));

    /// <summary>Closes the link for no reason that the protocol has.</summary>
    public ValueTask CloseAsync(int code) => FailAsync(code, "closedByHost");

    /// <summary>Makes this the link of a binding. Called under the session's lock.</summary>
    public void Bind(HostSession session, HostBinding binding)
    {
        LinkNumber = binding.LinkNumber;
        _binding = binding;
        _session = session;
        _phase = HostConnectionPhase.Bound;
        Volatile.Write(ref _lastSent, _engine.Time.GetTimestamp());
        Volatile.Write(ref _lastReceived, _engine.Time.GetTimestamp());
        Schedule(_engine.Behavior.KeepAlive);
        _engine.Wire.OnBound(_link);
    }

    /// <summary>Keeps the link waiting for its answer. Called under the session's lock.</summary>
    public void WaitForTakeOver(HostSession session)
    {
        _session = session;
        _phase = HostConnectionPhase.Waiting;
        Schedule(WaitingKeepAlive);
    }

    /// <summary>Posts the end of the link; frames that arrive later have no effect.</summary>
    public void PostEnd(HostGoodbye? goodbye, int closeCode)
    {
        if (goodbye is not null)
        {
            Outbox.Post(HostFrames.Goodbye(goodbye));
        }

        PostClose(closeCode, goodbye?.Reason ?? "Bye.");
    }

    public void PostRefusal(long requestId, HostRefusal refusal)
    {
        Outbox.Post(HostFrames.Refusal(requestId, refusal));
        PostClose(HostCloseCode.Refused, refusal.Reason.ToString());
    }

    private void PostClose(int code, string reason)
    {
        _phase = HostConnectionPhase.Closing;
        Outbox.PostClose(code, reason);
        Schedule(CloseLinger);
    }

    private ValueTask HandleAsync(HostMessage message)
    {
        switch (message.Kind)
        {
            case HostMessageKind.TooLarge:
                return FailAsync(HostCloseCode.TooLarge, "tooLarge");
            case HostMessageKind.Text when HostFrame.TryParse(message.Payload, out HostFrame frame):
                return _binding is { } binding ? HandleBoundAsync(binding, frame) : HandleUnboundAsync(frame);
            case HostMessageKind.Binary when _binding is { } holder && HostBinaryFrame.TryParse(message.Payload, out HostFrame request) && _engine.Takes(request):
                return HandleBoundAsync(holder, request);
            default:
                return FailAsync(HostCloseCode.Malformed, "malformed");
        }
    }

    private async ValueTask HandleUnboundAsync(HostFrame frame)
    {
        if (_phase == HostConnectionPhase.Closing)
        {
            return;
        }

        if (_phase == HostConnectionPhase.Unbound && frame is { Method: HostMethods.Bind, Id: { } id })
        {
            await _engine.BindAsync(this, id, frame.Parameters).ConfigureAwait(false);
            return;
        }

        // While the answer to its bind is outstanding a client may already keep the link alive.
        if (_phase == HostConnectionPhase.Waiting && frame is { Id: null, Method: not HostMethods.Bind })
        {
            return;
        }

        Outbox.Post(HostFrames.Error(frame.Id, HostErrorCode.InvalidRequest, "The first message must be a 'bind' request.", "InvalidRequest"));
        await FailAsync(HostCloseCode.Malformed, "malformed").ConfigureAwait(false);
    }

    private async ValueTask HandleBoundAsync(HostBinding binding, HostFrame frame)
    {
        HostSession session = _session!;
        switch (session.Receive(this, binding, frame, out HostRequest? cancelled))
        {
            case FrameVerdict.Start:
                session.StartWaiting(binding, caller: this);
                await Outbox.FlushAsync().ConfigureAwait(false);
                break;
            case FrameVerdict.Send:
                await Outbox.FlushAsync().ConfigureAwait(false);
                break;
            case FrameVerdict.Fenced:
                await RefuseFencedAsync(frame).ConfigureAwait(false);
                break;
            case FrameVerdict.Malformed:
                await FailAsync(HostCloseCode.Malformed, "malformed").ConfigureAwait(false);
                break;
            default:
                cancelled?.Cancel();
                break;
        }
    }

    private ValueTask RefuseFencedAsync(HostFrame frame)
    {
        if (frame.Id is { } id)
        {
            Outbox.Post(HostFrames.Error(id, HostErrorCode.StaleEpoch, "A newer link or another device has this session.", "StaleEpoch"));
        }

        if (_phase != HostConnectionPhase.Closing)
        {
            PostClose(HostCloseCode.Superseded, "StaleEpoch");
        }

        return Outbox.FlushAsync();
    }

    private ValueTask FailAsync(int code, string cause)
    {
        if (_phase != HostConnectionPhase.Closing)
        {
            PostClose(code, cause);
            _session?.OnLinkLost(this, cause);
        }

        return Outbox.FlushAsync();
    }

    private void Schedule(TimeSpan wait)
    {
        Volatile.Write(ref _due, _engine.At(wait));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        NoticeStall();
        switch (_phase)
        {
            case HostConnectionPhase.Unbound:
                _engine.Background.Add(FailAsync(HostCloseCode.Dead, "noBind"));
                break;
            case HostConnectionPhase.Waiting:
                // The drain has a bound of its own, so the device is not counted dead before that.
                SendKeepAlive(received: 0);
                Schedule(WaitingKeepAlive);
                break;
            case HostConnectionPhase.Bound:
                KeepAlive(_binding!);
                break;
            case HostConnectionPhase.Closing:
                _link.Abort();
                break;
            default:
                break;
        }
    }

    private void KeepAlive(HostBinding binding)
    {
        TimeSpan untilDead = _engine.Behavior.DeadAfter - Silence;
        if (untilDead <= TimeSpan.Zero)
        {
            _engine.Background.Add(FailAsync(HostCloseCode.Dead, "dead"));
            return;
        }

        TimeSpan untilSend = _engine.Behavior.KeepAlive - _engine.Time.GetElapsedTime(Volatile.Read(ref _lastSent));
        if (untilSend <= TimeSpan.Zero)
        {
            SendKeepAlive(binding.Requests.Received);
            untilSend = _engine.Behavior.KeepAlive;
        }

        Schedule(untilSend < untilDead ? untilSend : untilDead);
    }

    private void SendKeepAlive(long received)
    {
        Outbox.Post(HostFrames.KeepAlive(received));
        _engine.Background.Add(Outbox.FlushAsync());
    }
}
