using System.Collections.Concurrent;
using System.Text;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host;
using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Emulator.Host.Messages;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Breaks the links of an emulated host, in-process and on sockets alike: on demand, or at random from a seed. All members are thread-safe. Times run on
/// the emulator's clock.
/// </summary>
public sealed class HostWire
{
    private readonly ConcurrentDictionary<FaultyLink, bool> _links = new();
    private readonly Countdown<HostUpgradeRefusal> _refuseUpgrades = new();
    private readonly Countdown<HostRefusal> _refuseBinds = new();
    private readonly Countdown<object> _dropAfterAccept = new();
    private readonly Countdown<object> _cutAfterBind = new();
    private readonly object _gate = new();
    private HostEngine? _engine;
    private HostWireFaultPlan? _plan;
    private TimeSpan _delayToHost;
    private TimeSpan _delayToClient;
    private long? _downUntil;
    private int _upgrades;
    private int _binds;
    private int _linkNumber;

    internal HostWire()
    {
    }

    /// <summary>Gets how many links are open now.</summary>
    public int OpenLinks => _links.Count;

    /// <summary>Gets how often a client has tried to open a link, refused tries included.</summary>
    public int UpgradeCount => Volatile.Read(ref _upgrades);

    /// <summary>Gets how often a link has been bound, resumes included.</summary>
    public int BindCount => Volatile.Read(ref _binds);

    /// <summary>Cuts links that are open now, without a close.</summary>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void Cut(string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            Engine.Journal.Fault(link.Number, "cut", "both");
            link.Sever();
        }
    }

    /// <summary>
    /// Makes links that are open now half-open: frames vanish and neither end is told. What a client sends is lost without a trace; that it has gone
    /// is not noticed either. Links that are opened later work.
    /// </summary>
    /// <param name="direction">Which way frames vanish.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void GoHalfOpen(HostWireDirection direction = HostWireDirection.Both, string? sessionId = null)
    {
        foreach (FaultyLink link in Find(sessionId))
        {
            Engine.Journal.Fault(link.Number, "halfOpen", direction.ToString());
            link.GoHalfOpen(direction);
        }
    }

    /// <summary>Delays every frame on links that are open now and on later ones. Frames of a link keep their order.</summary>
    /// <param name="delay">By how much; zero ends it. Frames that are on their way keep the delay they had.</param>
    /// <param name="direction">Which way.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public void Delay(TimeSpan delay, HostWireDirection direction = HostWireDirection.Both)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (_gate)
        {
            _delayToHost = direction.HasFlag(HostWireDirection.ToHost) ? delay : _delayToHost;
            _delayToClient = direction.HasFlag(HostWireDirection.ToClient) ? delay : _delayToClient;
        }

        foreach (FaultyLink link in _links.Keys)
        {
            ApplyDelay(link);
        }
    }

    /// <summary>
    /// Holds back the frames of links that are open now, until <see cref="Release"/>: the way to have frames of an old link arrive after those of a
    /// newer one.
    /// </summary>
    /// <param name="direction">Which way.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    public void Hold(HostWireDirection direction = HostWireDirection.Both, string? sessionId = null)
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
            ForLanes(link, HostWireDirection.Both, static lane => lane.Release());
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
        foreach (HostConnection connection in Engine.Connections.Where(connection => IsMeant(connection, sessionId)))
        {
            connection.Outbox.Post(Encoding.UTF8.GetBytes(text));
            Engine.Background.Add(connection.Outbox.FlushAsync());
        }
    }

    /// <summary>Closes links that are open now with a code, as a host of another make might.</summary>
    /// <param name="code">The WebSocket close code: 1000 to 4999.</param>
    /// <param name="sessionId">The session whose links are meant; <see langword="null"/> for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="code"/> is not a close code.</exception>
    public void Close(int code, string? sessionId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(code, 1000);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(code, 4999);
        foreach (HostConnection connection in Engine.Connections.Where(connection => IsMeant(connection, sessionId)))
        {
            Engine.Background.Add(connection.CloseAsync(code));
        }
    }

    /// <summary>Refuses the next tries to open a link.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <param name="statusCode">The HTTP status that the client gets.</param>
    /// <param name="retryAfter">When the client may try again, if the host says so.</param>
    public void RefuseUpgrades(int count, int statusCode = 503, TimeSpan? retryAfter = null) =>
        _refuseUpgrades.Set(new HostUpgradeRefusal(statusCode, retryAfter), count);

    /// <summary>Refuses the next tries to bind.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <param name="reason">Why; not <see cref="HostRefusalReason.None"/>.</param>
    /// <param name="retryAfter">When the client may try again; <see langword="null"/> makes the refusal final.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reason"/> is none.</exception>
    public void RefuseBinds(int count, HostRefusalReason reason, TimeSpan? retryAfter = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)reason, (int)HostRefusalReason.None, nameof(reason));
        _refuseBinds.Set(new HostRefusal(reason, "Refused on demand.", retryAfter), count);
    }

    /// <summary>Accepts the next links and drops them at once.</summary>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    public void DropAfterAccept(int count) => _dropAfterAccept.Set(this, count);

    /// <summary>Cuts the next links some time after they have been bound.</summary>
    /// <param name="delay">How long they live.</param>
    /// <param name="count">How many; <see cref="int.MaxValue"/> for all, 0 to end it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public void CutAfterBind(TimeSpan delay, int count = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        _cutAfterBind.Set(delay, count);
    }

    /// <summary>Starts or ends random faults, on links that are open now and on later ones.</summary>
    /// <param name="plan">The plan; <see langword="null"/> ends it.</param>
    public void UsePlan(HostWireFaultPlan? plan)
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
    /// Crashes the host: all links are cut, all bindings and scenes are gone. It is up again at once. Epochs still grow and a reserved session still
    /// belongs to its device: a host that forgets these cannot keep two devices apart.
    /// </summary>
    public void Crash() => Engine.Crash();

    /// <summary>Restarts the host in order: it says goodbye, closes all links and refuses new ones (503) while it is down.</summary>
    /// <param name="downtime">How long it is down.</param>
    /// <param name="comeBack">Whether bindings and scenes survive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="downtime"/> is negative.</exception>
    public void Restart(TimeSpan downtime, bool comeBack = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(downtime, TimeSpan.Zero);
        lock (_gate)
        {
            _downUntil = Engine.At(downtime);
        }

        Engine.Restart(HostGoodbye.Maintenance(comeBack, comeBack ? downtime : null));
    }

    /// <summary>Announces a restart beforehand, on links that are open now and on those that are bound until then, and restarts the host when the time has come.</summary>
    /// <param name="notice">How long it still works. A later announcement takes the place of an earlier one.</param>
    /// <param name="downtime">How long it is down then.</param>
    /// <param name="comeBack">Whether bindings and scenes survive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="notice"/> or <paramref name="downtime"/> is negative.</exception>
    public void AnnounceRestart(TimeSpan notice, TimeSpan downtime, bool comeBack = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(downtime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(notice, TimeSpan.Zero);
        Engine.Announce(new HostAnnouncement(Engine.At(notice), downtime, comeBack), () => Restart(downtime, comeBack), notice);
    }

    internal void Attach(HostEngine engine) => _engine = engine;

    /// <summary>Decides about a try to open a link; null lets it through.</summary>
    internal HostUpgradeRefusal? RefuseUpgrade()
    {
        int number = Interlocked.Increment(ref _upgrades);
        HostWireFaultPlan? plan;
        lock (_gate)
        {
            plan = _plan;
            if (_downUntil is { } until && Engine.Until(until) is var rest && rest > TimeSpan.Zero)
            {
                return new HostUpgradeRefusal(503, rest);
            }
        }

        return plan is not null && plan.CreateRandom(number, lane: 0).NextDouble() < plan.RefuseUpgrade
            ? new HostUpgradeRefusal(503, null)
            : _refuseUpgrades.Take();
    }

    internal FaultyLink Wrap(HostLink carrier)
    {
        HostWireFaultPlan? plan;
        lock (_gate)
        {
            plan = _plan;
        }

        var link = new FaultyLink(carrier, Engine, Interlocked.Increment(ref _linkNumber));
        ApplyDelay(link);
        ApplyPlan(link, plan);
        _links.TryAdd(link, true);
        bool drops = plan is not null && plan.CreateRandom(link.Number, lane: 3).NextDouble() < plan.DropAfterAccept;
        if (drops || _dropAfterAccept.Take() is not null)
        {
            Engine.Journal.Fault(link.Number, "dropAfterAccept", "both");
            link.Sever();
        }

        return link;
    }

    internal void Forget(FaultyLink link) => _links.TryRemove(link, out _);

    internal void OnBound(FaultyLink link)
    {
        Interlocked.Increment(ref _binds);
        if (_cutAfterBind.Take() is TimeSpan delay)
        {
            link.CutAfter(delay);
        }
    }

    internal HostRefusal? RefuseNextBind() => _refuseBinds.Take();

    /// <summary>Breaks what half-open links still hold, when the host is disposed.</summary>
    internal void SeverAll()
    {
        foreach (FaultyLink link in _links.Keys)
        {
            link.Sever();
        }
    }

    private HostEngine Engine => _engine ?? throw new InvalidOperationException("The emulator has no host.");

    private IEnumerable<FaultyLink> Find(string? sessionId) =>
        Engine.Connections.Where(connection => IsMeant(connection, sessionId)).Select(connection => connection.Link);

    private static bool IsMeant(HostConnection connection, string? sessionId) =>
        sessionId is null || string.Equals(connection.SessionId, sessionId, StringComparison.Ordinal);

    private static void ForLanes(FaultyLink link, HostWireDirection direction, Action<LinkLane> change)
    {
        if (direction.HasFlag(HostWireDirection.ToHost))
        {
            change(link.ToHost);
        }

        if (direction.HasFlag(HostWireDirection.ToClient))
        {
            change(link.ToClient);
        }
    }

    private static void ApplyPlan(FaultyLink link, HostWireFaultPlan? plan)
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
