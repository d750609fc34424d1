using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Links;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents one link that a host serves, from its opening to its end.</summary>
public sealed class HostConnection
{
    /// <summary>How long a peer may take to answer a close.</summary>
    private static readonly TimeSpan CloseLinger = TimeSpan.FromSeconds(2);

    private readonly RenderingHost _host;
    private readonly HostLink _link;
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastReceived;
    private long _lastSent;
    private long _due;
    private volatile HostConnectionPhase _phase;
    private volatile HostSession? _session;
    private volatile HostBinding? _binding;

    internal HostConnection(RenderingHost host, HostLink link, string? accessToken)
    {
        _host = host;
        _link = link;
        AccessToken = accessToken;
        _lastReceived = _lastSent = host.Time.GetTimestamp();
        Outbox = new HostOutbox(link, () => Volatile.Write(ref _lastSent, host.Time.GetTimestamp()));
        link.PartReceived = () => Volatile.Write(ref _lastReceived, host.Time.GetTimestamp());
        _timer = BackgroundWork.CreateTimer(host.Time, static state => ((HostConnection)state!).OnTimer(), this);

        // Not before the field has it: what it does when it is due uses it.
        Schedule(host.Options.BindDeadline);
    }

    /// <summary>Gets the link, as it was given to the host.</summary>
    public HostLink Link => _link;

    /// <summary>Gets the id of the session; <see langword="null"/> before the bind.</summary>
    public string? SessionId => _session?.SessionId;

    /// <summary>Gets the binding of the link; <see langword="null"/> before the bind.</summary>
    public HostBinding? Binding => _binding;

    /// <summary>Gets the number of the link within its binding; 0 before the bind.</summary>
    public int LinkNumber { get; private set; }

    /// <summary>Gets the time since the last message.</summary>
    public TimeSpan Silence => _host.Time.GetElapsedTime(Volatile.Read(ref _lastReceived));

    /// <summary>Gets a task that completes when nothing of the link is left.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Gets the token that was shown when the link was opened.</summary>
    internal string? AccessToken { get; }

    internal HostOutbox Outbox { get; }

    /// <summary>
    /// Sends a message as it stands, behind those that wait already, for example a notification of one's own. Clients ignore methods that
    /// they do not know.
    /// </summary>
    /// <param name="kind"><see cref="HostMessageKind.Text"/> or <see cref="HostMessageKind.Binary"/>.</param>
    /// <param name="message">The whole message.</param>
    /// <returns>A task that completes when it has been sent, or cannot be sent any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is neither.</exception>
    public ValueTask SendAsync(HostMessageKind kind, ReadOnlyMemory<byte> message)
    {
        if (kind is not (HostMessageKind.Text or HostMessageKind.Binary))
        {
            throw new ArgumentOutOfRangeException(
                nameof(kind), kind, "Only text and binary messages can be sent; use CloseAsync to close.");
        }

        Outbox.Post(new OutboundFrame(message.ToArray(), kind));
        return Outbox.FlushAsync();
    }

    /// <summary>Closes the link without a goodbye. Its binding lives on for the grace.</summary>
    /// <param name="code">The close code: 1000 to 4999, except for 1005, 1006 and 1015, which are never sent (RFC 6455, 7.4.1).</param>
    /// <returns>A task that completes when the close has been sent, or cannot be sent any more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> cannot be sent.</exception>
    public ValueTask CloseAsync(int code)
    {
        HostCloseCode.ThrowIfNotSendable(code, nameof(code));
        return FailAsync(code, "closedByHost");
    }

    /// <summary>Breaks the link without a close. Its binding lives on for the grace.</summary>
    public void Abort() => _link.Abort();

    /// <summary>Runs the link until it has ended.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        string cause = "lost";
        int maxBytes = _host.Options.MaxMessageBytes;
        try
        {
            while (true)
            {
                HostMessage message = await _link.ReceiveAsync(maxBytes, cancellationToken).ConfigureAwait(false);
                if (message.Kind is HostMessageKind.Lost or HostMessageKind.Close)
                {
                    cause = message.Kind == HostMessageKind.Close ? "closed" : "lost";
                    break;
                }

                Volatile.Write(ref _lastReceived, _host.Time.GetTimestamp());
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

    /// <summary>Notes that the host did not run, if what the link had to do next is overdue.</summary>
    internal void NoticeStall() => _host.NoticeStall(Volatile.Read(ref _due));

    /// <summary>Makes this the link of a binding. Called under the session's lock.</summary>
    internal void Bind(HostSession session, HostBinding binding)
    {
        LinkNumber = binding.LinkNumber;
        _binding = binding;
        _session = session;
        _phase = HostConnectionPhase.Bound;
        Volatile.Write(ref _lastSent, _host.Time.GetTimestamp());
        Volatile.Write(ref _lastReceived, _host.Time.GetTimestamp());
        Schedule(_host.Options.KeepAlive);
    }

    /// <summary>Keeps the link waiting for its answer. Called under the session's lock.</summary>
    internal void WaitForTakeOver(HostSession session)
    {
        _session = session;
        _phase = HostConnectionPhase.Waiting;
        Schedule(HostProtocol.KeepAliveWhileBinding);
    }

    /// <summary>Posts the end of the link; frames that arrive later have no effect.</summary>
    internal void PostEnd(HostGoodbye? goodbye, int closeCode)
    {
        if (goodbye is not null)
        {
            Outbox.Post(HostFrames.Goodbye(goodbye));
        }

        PostClose(closeCode, goodbye?.Reason ?? "Bye.");
    }

    internal void PostRefusal(long requestId, HostRefusal refusal)
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
            case HostMessageKind.Text when InboundFrame.TryParse(message.Payload, out InboundFrame frame):
                return _binding is { } binding ? HandleBoundAsync(binding, frame) : HandleUnboundAsync(frame);
            case HostMessageKind.Binary when _binding is { } holder && HostBinaryFrame.TryParse(message.Payload, out InboundFrame request)
                && _host.Takes(request):
                return HandleBoundAsync(holder, request);
            default:
                return FailAsync(HostCloseCode.Malformed, "malformed");
        }
    }

    private async ValueTask HandleUnboundAsync(InboundFrame frame)
    {
        if (_phase == HostConnectionPhase.Closing)
        {
            return;
        }

        if (_phase == HostConnectionPhase.Unbound && frame is { Method: HostMethods.Bind, Id: { } id })
        {
            await _host.BindAsync(this, id, frame.Parameters).ConfigureAwait(false);
            return;
        }

        // While the answer to its bind is outstanding a client may already keep the link alive.
        if (_phase == HostConnectionPhase.Waiting && frame is { Id: null, Method: not HostMethods.Bind })
        {
            return;
        }

        Outbox.Post(
            HostFrames.Error(frame.Id, HostErrorCode.InvalidRequest, "The first message must be a 'bind' request.", "InvalidRequest"));
        await FailAsync(HostCloseCode.Malformed, "malformed").ConfigureAwait(false);
    }

    private async ValueTask HandleBoundAsync(HostBinding binding, InboundFrame frame)
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

    private ValueTask RefuseFencedAsync(InboundFrame frame)
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
        Volatile.Write(ref _due, _host.At(wait));
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        NoticeStall();
        switch (_phase)
        {
            case HostConnectionPhase.Unbound:
                _host.Background.Add(FailAsync(HostCloseCode.Dead, "noBind"));
                break;
            case HostConnectionPhase.Waiting:
                // The drain has a bound of its own, so the device is not counted dead before that.
                SendKeepAlive(received: 0);
                Schedule(HostProtocol.KeepAliveWhileBinding);
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
        TimeSpan untilDead = _host.Options.DeadAfter - Silence;
        if (untilDead <= TimeSpan.Zero)
        {
            _host.Background.Add(FailAsync(HostCloseCode.Dead, "dead"));
            return;
        }

        TimeSpan untilSend = _host.Options.KeepAlive - _host.Time.GetElapsedTime(Volatile.Read(ref _lastSent));
        if (untilSend <= TimeSpan.Zero)
        {
            SendKeepAlive(binding.Requests.Received);
            untilSend = _host.Options.KeepAlive;
        }

        Schedule(untilSend < untilDead ? untilSend : untilDead);
    }

    private void SendKeepAlive(long received)
    {
        Outbox.Post(HostFrames.KeepAlive(received));
        _host.Background.Add(Outbox.FlushAsync());
    }
}
