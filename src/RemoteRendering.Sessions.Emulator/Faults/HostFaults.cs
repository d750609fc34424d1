using System.Collections.Concurrent;
using System.Text;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Logs;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Breaks the links of an emulated host, in-process and on sockets alike: on demand, or at random from a seed. All members are thread-safe.
/// Times run on the emulator's clock.
/// </summary>
public sealed class HostFaults
{
    private readonly ConcurrentDictionary<FaultyLink, bool> _links = new();
    private readonly Countdown<HostUpgradeRefusal> _refuseUpgrades = new();
    private readonly Countdown<HostRefusal> _refuseBinds = new();
    private readonly Countdown<object> _dropAfterAccept = new();
    private readonly Countdown<object> _cutAfterBind = new();
    private readonly object _gate = new();
    private readonly Action<string, string?, HistoryFields> _history;
    private RenderingHost? _host;
    private HostFaultPlan? _plan;
    private TimeSpan _delayToHost;
    private TimeSpan _delayToClient;
    private int _upgrades;
    private int _binds;
    private int _linkNumber;
    private bool _isClosed;

    /// <param name="time">The emulator's clock.</param>
    /// <param name="history">Writes an event of the history.</param>
    internal HostFaults(TimeProvider time, Action<string, string?, HistoryFields> history)
    {
        Time = time;
        _history = history;
    }

    /// <summary>Gets the number of links that are open now.</summary>
    public int OpenLinks => _links.Count;

    /// <summary>Gets the number of attempts of clients to open a link, refused ones included.</summary>
    public int UpgradeCount => Volatile.Read(ref _upgrades);

    /// <summary>Gets the number of binds that were accepted, resumes included.</summary>
    public int BindCount => Volatile.Read(ref _binds);

    internal TimeProvider Time { get; }

    /// <summary>Gets the tasks that carry late frames on.</summary>
    internal BackgroundTasks Background { get; } = new();

    /// <summary>Cuts links that are open now, without a close.</summary>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void Cut(string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            Report(link, "cut", "both");
            link.Sever();
        }
    }

    /// <summary>
    /// Makes links that are open now half-open: frames vanish and neither end is told. What a client sends is lost without a trace; that it
    /// has gone is not noticed either. Links that are opened later work.
    /// </summary>
    /// <param name="direction">Which way frames vanish.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void GoHalfOpen(HostFaultDirection direction = HostFaultDirection.Both, string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            Report(link, "halfOpen", direction.ToString());
            link.GoHalfOpen(direction);
        }
    }

    /// <summary>Delays every frame on links that are open now and on later ones. Frames of a link keep their order.</summary>
    /// <param name="delay">By how much; zero ends it. Frames that are on their way keep the delay they had.</param>
    /// <param name="direction">Which way.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public void Delay(TimeSpan delay, HostFaultDirection direction = HostFaultDirection.Both)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (_gate)
        {
            _delayToHost = direction.HasFlag(HostFaultDirection.ToHost) ? delay : _delayToHost;
            _delayToClient = direction.HasFlag(HostFaultDirection.ToClient) ? delay : _delayToClient;
        }

        foreach (FaultyLink link in _links.Keys)
        {
            ApplyDelay(link);
        }
    }

    /// <summary>
    /// Holds back the frames of links that are open now, until <see cref="Release"/>: the way to have frames of an old link arrive after
    /// those of a newer one.
    /// </summary>
    /// <param name="direction">Which way.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void Hold(HostFaultDirection direction = HostFaultDirection.Both, string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            ForLanes(link, direction, static lane => lane.Hold());
        }
    }

    /// <summary>Lets all frames go that are held back, in their order.</summary>
    public void Release()
    {
        foreach (FaultyLink link in _links.Keys)
        {
            ForLanes(link, HostFaultDirection.Both, static lane => lane.Release());
        }
    }

    /// <summary>Sends only the beginning of the next frame to the client on links that are open now, then cuts them.</summary>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void TruncateNext(string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            link.ToClient.TruncateNext();
        }
    }

    /// <summary>Sends the client a text message as it stands, well-formed or not, on links that are open now.</summary>
    /// <param name="text">The message.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public void Inject(string text, string? sessionId = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (HostConnection connection in Host.Connections.Where(connection => IsMeant(connection, sessionId)))
        {
            Background.Add(connection.SendAsync(HostMessageKind.Text, Encoding.UTF8.GetBytes(text)));
        }
    }

    /// <summary>Closes links that are open now with a code, as a host of another make might.</summary>
    /// <param name="code">The WebSocket close code: 1000 to 4999, except for 1005, 1006 and 1015, which are never sent.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not a close code.</exception>
    public void Close(int code, string? sessionId = null)
    {
        HostCloseCode.ThrowIfNotSendable(code, nameof(code));
        foreach (HostConnection connection in Host.Connections.Where(connection => IsMeant(connection, sessionId)))
        {
            Background.Add(connection.CloseAsync(code));
        }
    }

    /// <summary>Refuses the next tries to open a link.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <param name="statusCode">The HTTP status of the answer: 400 to 599. The default is 503.</param>
    /// <param name="retryAfter">The time after which the client may try again; <see langword="null"/> for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, or <paramref name="statusCode"/> is out of range.
    /// </exception>
    public void RefuseUpgrades(int count, int statusCode = 503, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        _refuseUpgrades.Set(new HostUpgradeRefusal(statusCode, retryAfter), count);
    }

    /// <summary>Refuses the next tries to bind.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <param name="reason">Why; not <see cref="HostRefusalReason.None"/>.</param>
    /// <param name="retryAfter">When the client may try again; <see langword="null"/> makes the refusal final.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, or <paramref name="reason"/> is none.
    /// </exception>
    public void RefuseBinds(int count, HostRefusalReason reason, TimeSpan? retryAfter = null) =>
        _refuseBinds.Set(new HostRefusal(reason, "Refused on demand.", retryAfter), count);

    /// <summary>Accepts the next links and drops them at once.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public void DropAfterAccept(int count) => _dropAfterAccept.Set(this, count);

    /// <summary>Cuts the next links some time after they have been bound.</summary>
    /// <param name="delay">How long they live.</param>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> or <paramref name="count"/> is negative.</exception>
    public void CutAfterBind(TimeSpan delay, int count = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _cutAfterBind.Set(delay, count);
    }

    /// <summary>Starts or ends random faults, on links that are open now and on later ones.</summary>
    /// <param name="plan">The plan; <see langword="null"/> ends it.</param>
    public void UsePlan(HostFaultPlan? plan)
    {
        lock (_gate)
        {
            _plan = plan;
        }

        foreach (FaultyLink link in _links.Keys)
        {
            ApplyPlan(link, plan);
        }
    }

    /// <summary>
    /// Crashes the host: all links are cut, all bindings and scenes are gone. It is up again at once. Epochs still grow and a reserved
    /// session still belongs to its device: a host that forgets these cannot keep two devices apart.
    /// </summary>
    public void Crash() => Host.Crash();

    /// <summary>Restarts the host in order: it says goodbye, closes all links and refuses new ones (503) while it is down.</summary>
    /// <param name="downtime">How long it is down.</param>
    /// <param name="comeBack">Whether bindings and scenes survive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="downtime"/> is negative.</exception>
    public void Restart(TimeSpan downtime, bool comeBack = true) => Host.Restart(downtime, comeBack);

    /// <summary>
    /// Announces a restart beforehand, on links that are open now and on those that are bound until then, and restarts the host when the
    /// time has come.
    /// </summary>
    /// <param name="notice">How long it still works. A later announcement takes the place of an earlier one.</param>
    /// <param name="downtime">How long it is down then.</param>
    /// <param name="comeBack">Whether bindings and scenes survive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="notice"/> or <paramref name="downtime"/> is negative.</exception>
    public void AnnounceRestart(TimeSpan notice, TimeSpan downtime, bool comeBack = true)
        => Host.AnnounceRestart(notice, downtime, comeBack);

    /// <summary>Tells which host the links are of.</summary>
    internal void Attach(RenderingHost host) => _host = host;

    /// <summary>Decides about a try to open a link; null lets it through.</summary>
    internal HostUpgradeRefusal? RefuseUpgrade()
    {
        int number = Interlocked.Increment(ref _upgrades);
        if (Host.DownFor is var rest && rest > TimeSpan.Zero)
        {
            return new HostUpgradeRefusal(503, rest);
        }

        HostFaultPlan? plan;
        lock (_gate)
        {
            plan = _plan;
        }

        return plan is not null && plan.CreateRandom(number, lane: 0).NextDouble() < plan.RefuseUpgrade
            ? new HostUpgradeRefusal(503, null)
            : _refuseUpgrades.Take();
    }

    /// <summary>Puts what may go wrong around a link, before the host has it.</summary>
    internal HostLink Decorate(HostLink carrier)
    {
        HostFaultPlan? plan;
        bool isClosed;
        var link = new FaultyLink(carrier, this, Interlocked.Increment(ref _linkNumber));
        ApplyDelay(link);
        lock (_gate)
        {
            plan = _plan;
            isClosed = _isClosed;
            ApplyPlan(link, plan);
            _links.TryAdd(link, true);
        }

        if (isClosed)
        {
            link.Sever();
        }

        bool drops = plan is not null && plan.CreateRandom(link.Number, lane: 3).NextDouble() < plan.DropAfterAccept;
        if (drops || _dropAfterAccept.Take() is not null)
        {
            Report(link, "dropAfterAccept", "both");
            link.Sever();
        }

        return link;
    }

    internal void Forget(FaultyLink link) => _links.TryRemove(link, out _);

    /// <summary>Notes that a link has been bound; null when the device went away before.</summary>
    internal void OnBound(HostLink? link)
    {
        if (link is null)
        {
            return;
        }

        Interlocked.Increment(ref _binds);
        if (_cutAfterBind.Take() is TimeSpan delay && link is FaultyLink faulty)
        {
            faulty.CutAfter(delay);
        }
    }

    internal HostRefusal? RefuseNextBind() => _refuseBinds.Take();

    /// <summary>Writes a fault into the history.</summary>
    internal void Report(FaultyLink link, string fault, string direction) => _history("fault", null, new HistoryFields(
    [
        ("wire", link.Number), ("fault", char.ToLowerInvariant(fault[0]) + fault[1..]), ("direction", direction),
    ]));

    /// <summary>Breaks all links, also those that come later: the end of a half-open one would never be noticed.</summary>
    internal void SeverAll()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        foreach (FaultyLink link in _links.Keys)
        {
            link.Sever();
        }
    }

    private RenderingHost Host => _host ?? throw new InvalidOperationException("The emulator has no host.");

    private IEnumerable<FaultyLink> Find(string? sessionId) =>
        Host.Connections.Where(connection => IsMeant(connection, sessionId)).Select(connection => connection.Link).OfType<FaultyLink>();

    private static bool IsMeant(HostConnection connection, string? sessionId) =>
        sessionId is null || string.Equals(connection.SessionId, sessionId, StringComparison.Ordinal);

    private static void ForLanes(FaultyLink link, HostFaultDirection direction, Action<LinkLane> change)
    {
        if (direction.HasFlag(HostFaultDirection.ToHost))
        {
            change(link.ToHost);
        }

        if (direction.HasFlag(HostFaultDirection.ToClient))
        {
            change(link.ToClient);
        }
    }

    private static void ApplyPlan(FaultyLink link, HostFaultPlan? plan)
    {
        link.ToHost.SetPlan(plan, plan?.CreateRandom(link.Number, lane: 1));
        link.ToClient.SetPlan(plan, plan?.CreateRandom(link.Number, lane: 2));
    }

    private void ApplyDelay(FaultyLink link)
    {
        lock (_gate)
        {
            link.ToHost.SetDelay(_delayToHost);
            link.ToClient.SetDelay(_delayToClient);
        }
    }
}
