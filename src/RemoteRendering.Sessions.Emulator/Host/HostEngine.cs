using System.Collections.Concurrent;
using System.Collections.Frozen;
using RemoteRendering.Sessions.Emulator.Faults;
using RemoteRendering.Sessions.Emulator.Host.Binding;
using RemoteRendering.Sessions.Emulator.Host.Links;
using RemoteRendering.Sessions.Emulator.Host.Messages;
using RemoteRendering.Sessions.Emulator.Host.Requests;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator.Host;

/// <summary>A host: takes links of any kind and serves the sessions of the service on them, as the protocol page says.</summary>
internal sealed class HostEngine : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HostSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HostConnection, TaskCompletionSource> _connections = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly FrozenDictionary<byte, IHostFeature> _binaryFeatures;
    private readonly object _gate = new();
    private readonly HostStall _stall;
    private ITimer? _restart;
    private HostAnnouncement? _announcement;
    private long _started;

    public HostEngine(
        IHostSessions sessions, TimeProvider time, HostBehavior behavior, HostJournal journal, HostWire wire, IEnumerable<IHostFeature> features)
    {
        behavior.Validate();
        Sessions = sessions;
        Time = time;
        Behavior = behavior;
        Journal = journal;
        Wire = wire;
        Features = [new CoreHostFeature(this), .. features];
        UnsupportedStates = [.. Features.SelectMany(feature => feature.UnsupportedStates)];
        FeatureNames = [.. Features.Select(feature => feature.Name).OfType<string>()];
        Methods = Features.SelectMany(feature => feature.Methods.Select(method => KeyValuePair.Create(method, feature))).ToFrozenDictionary(StringComparer.Ordinal);
        _binaryFeatures = Features.SelectMany(feature => feature.BinaryKinds.Select(kind => KeyValuePair.Create(kind, feature))).ToFrozenDictionary();
        _stall = new HostStall(time, journal);
        _started = time.GetTimestamp();
        wire.Attach(this);
        sessions.Changed += OnSessionChanged;
    }

    public IHostSessions Sessions { get; }

    public TimeProvider Time { get; }

    public HostBehavior Behavior { get; }

    public HostJournal Journal { get; }

    public HostWire Wire { get; }

    public IReadOnlyList<IHostFeature> Features { get; }

    /// <summary>Gets the states that no part of this host does anything with.</summary>
    public IReadOnlyList<string> UnsupportedStates { get; }

    public IReadOnlyList<string> FeatureNames { get; }

    public FrozenDictionary<string, IHostFeature> Methods { get; }

    /// <summary>Whether a binary request is one that this host can do something with.</summary>
    public bool Takes(HostFrame frame) => _binaryFeatures.TryGetValue(frame.BinaryKind, out IHostFeature? feature) && feature.IsWellFormed(frame);

    /// <summary>Finds who answers a request; null when nobody does.</summary>
    public IHostFeature? FindFeature(HostRequest request) =>
        request.BinaryKind == 0 ? Methods.GetValueOrDefault(request.Method) : _binaryFeatures.GetValueOrDefault(request.BinaryKind);

    public BackgroundTasks Background { get; } = new();

    /// <summary>Gets how long the host has been up since its start or its last crash or restart.</summary>
    public TimeSpan Uptime => Time.GetElapsedTime(Interlocked.Read(ref _started));

    /// <summary>Gets how many sessions the host keeps something of.</summary>
    public int KnownSessions => _sessions.Count;

    /// <summary>Gets the links that are open now.</summary>
    public IEnumerable<HostConnection> Connections => _connections.Keys;

    /// <summary>Serves one link until it has ended.</summary>
    /// <param name="link">The link; owned by the engine from here on.</param>
    /// <param name="bearer">The token shown at the upgrade.</param>
    /// <param name="cancellationToken">Ends the link without a word.</param>
    public async Task AcceptAsync(HostLink link, string? bearer, CancellationToken cancellationToken)
    {
        FaultyLink carrier = Wire.Wrap(link);
        var connection = new HostConnection(this, carrier, bearer);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections.TryAdd(connection, gone);
        using CancellationTokenRegistration disposal = _disposed.Token.UnsafeRegister(static state => ((HostConnection)state!).Abort(), connection);
        try
        {
            await connection.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            Wire.Forget(carrier);
            gone.TrySetResult();
        }
    }

    public ValueTask BindAsync(HostConnection connection, long requestId, ReadOnlyMemory<byte> parameters)
    {
        BindRequest? request = BindRequest.Parse(parameters, out HostRefusal? refusal);
        refusal ??= Wire.RefuseNextBind();
        HostSessionView? view = request is null || refusal is not null ? null : Sessions.Find(request.SessionId);
        if (refusal is null && view is null)
        {
            refusal = new HostRefusal(HostRefusalReason.SessionNotFound, "This host has no such session.");
        }

        // Looked at again under the session's lock; this look keeps the host from remembering sessions that are over.
        refusal ??= view!.Value.Goodbye is null ? null : HostRefusal.SessionEnded;
        if (refusal is not null)
        {
            Journal.BindRefused(request?.SessionId, request?.Device.ClientId, refusal);
            connection.PostRefusal(requestId, refusal);
            return connection.Outbox.FlushAsync();
        }

        return GetSession(view!.Value.Id).BindAsync(connection, requestId, request!);
    }

    /// <summary>Loses all links, bindings and scenes at once. Epochs still grow: they are a host's durable part, as is who owns a session.</summary>
    public void Crash()
    {
        Journal.HostCrashed();
        foreach (HostSession session in _sessions.Values)
        {
            session.Crash();
        }

        foreach (HostConnection connection in Connections)
        {
            connection.Abort();
        }

        Interlocked.Exchange(ref _started, Time.GetTimestamp());
    }

    /// <summary>Gets what a device that binds now is told about a restart to come; null when there is none.</summary>
    public HostGoodbye? Announced => Volatile.Read(ref _announcement) is { } announcement && Until(announcement.RestartsAt) is var left && left > TimeSpan.Zero
        ? announcement.ToGoodbye(left)
        : null;

    /// <summary>Tells the bound devices of a restart to come, and does it when its time has come.</summary>
    public void Announce(HostAnnouncement announcement, Action restart, TimeSpan notice)
    {
        lock (_gate)
        {
            _restart?.Dispose();
            Volatile.Write(ref _announcement, announcement);
            _restart = BackgroundWork.CreateTimer(Time, static state => ((Action)state!)(), restart, notice, Timeout.InfiniteTimeSpan);
        }

        foreach (HostSession session in _sessions.Values)
        {
            session.Announce();
        }
    }

    /// <summary>Says goodbye on all links and closes them; with <see cref="HostGoodbye.ComeBack"/> bindings live on for their grace.</summary>
    public void Restart(HostGoodbye goodbye)
    {
        Volatile.Write(ref _announcement, null);
        Journal.HostRestarting(goodbye.ComeBack);
        foreach (HostSession session in _sessions.Values)
        {
            session.Restart(goodbye);
        }

        Interlocked.Exchange(ref _started, Time.GetTimestamp());
    }

    /// <summary>Drops what is known of a session that has ended: nobody can bind it again.</summary>
    public void Forget(HostSession session) => _sessions.TryRemove(KeyValuePair.Create(session.SessionId, session));

    /// <summary>Notes that the host did not run, if something that was due at a timestamp is late.</summary>
    public void NoticeStall(long due) => _stall.Notice(due);

    /// <summary>The timestamp that lies a time ahead.</summary>
    public long At(TimeSpan fromNow) => Time.GetTimestamp() + (long)(fromNow.TotalSeconds * Time.TimestampFrequency);

    /// <summary>How long it is until a timestamp; never negative.</summary>
    public TimeSpan Until(long timestamp)
    {
        TimeSpan rest = Time.GetElapsedTime(Time.GetTimestamp(), timestamp);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    public async ValueTask DisposeAsync()
    {
        Sessions.Changed -= OnSessionChanged;
        lock (_gate)
        {
            _restart?.Dispose();
        }

        await _disposed.CancelAsync().ConfigureAwait(false);
        Wire.SeverAll();

        // First the links: one that is just being bound would give its session timers again.
        while (!_connections.IsEmpty)
        {
            await Task.WhenAll(_connections.Values.Select(static gone => gone.Task)).ConfigureAwait(false);
        }

        foreach (HostSession session in _sessions.Values)
        {
            session.Abandon();
        }

        await Background.WhenAllAsync().ConfigureAwait(false);
        _disposed.Dispose();
    }

    private HostSession GetSession(string id) => _sessions.GetOrAdd(id, static (key, engine) => new HostSession(engine, key), this);

    private void OnSessionChanged(string sessionId)
    {
        if (_sessions.TryGetValue(sessionId, out HostSession? session))
        {
            session.OnPhaseMayHaveChanged();
        }
    }
}
