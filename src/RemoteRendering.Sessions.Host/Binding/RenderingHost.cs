using System.Collections.Concurrent;
using System.Collections.Frozen;
using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Messages;
using RemoteRendering.Sessions.Host.Requests;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Host;

/// <summary>
/// Represents the host's end of the host protocol: it takes links of any kind, lets devices bind sessions, runs their requests exactly
/// once, and ends bindings when their session ends. What the requests do is up to its features. All members are thread-safe.
/// </summary>
/// <remarks>Disposing aborts all links and ends all bindings.</remarks>
public sealed class RenderingHost : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HostSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HostConnection, TaskCompletionSource> _connections = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly FrozenDictionary<string, IHostFeature> _methods;
    private readonly FrozenDictionary<byte, IHostFeature> _binaryKinds;
    private readonly object _gate = new();
    private readonly HostStall _stall;
    private ITimer? _restart;
    private HostAnnouncement? _announcement;
    private long _started;
    private long _downUntil;

    /// <summary>
    /// Initializes a new instance of the <see cref="RenderingHost"/> class with the default options, the system's clock and no journal.
    /// </summary>
    /// <param name="sessions">The sessions that devices may bind.</param>
    /// <param name="features">The features of the host.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">
    /// Two features have the same method or binary kind, or one has a method or kind of the protocol itself.
    /// </exception>
    public RenderingHost(IHostSessions sessions, IEnumerable<IHostFeature> features)
        : this(sessions, features, new RenderingHostOptions(), journal: null, TimeProvider.System)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="RenderingHost"/> class.</summary>
    /// <param name="sessions">The sessions that devices may bind.</param>
    /// <param name="features">The features of the host.</param>
    /// <param name="options">The options of the host, which it reads when a link binds.</param>
    /// <param name="journal">Receives what happens in the host; <see langword="null"/> for none.</param>
    /// <param name="timeProvider">The clock of the host.</param>
    /// <exception cref="ArgumentNullException">An argument other than <paramref name="journal"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// Two features have the same method or binary kind, or one has a method or kind of the protocol itself.
    /// </exception>
    /// <exception cref="InvalidOperationException">The options contradict each other.</exception>
    public RenderingHost(
        IHostSessions sessions, IEnumerable<IHostFeature> features, RenderingHostOptions options, IHostJournal? journal,
        TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options.Validate();
        Sessions = sessions;
        Time = timeProvider;
        Options = options;
        Journal = journal ?? NoJournal.Instance;
        Features = [new CoreHostFeature(this), .. features.SelectMany(FeatureTable.WithParts)];
        UnsupportedStates = [.. Features.SelectMany(feature => feature.UnsupportedStates)];
        FeatureNames = [.. Features.Select(feature => feature.Name).OfType<string>()];
        _methods = FeatureTable.OfMethods(Features);
        _binaryKinds = FeatureTable.OfBinaryKinds(Features);
        _stall = new HostStall(Time, Journal);
        _started = Time.GetTimestamp();
        _downUntil = _started;
        sessions.Changed += OnSessionChanged;
    }

    /// <summary>Gets the sessions that devices may bind.</summary>
    public IHostSessions Sessions { get; }

    /// <summary>Gets the options of the host.</summary>
    public RenderingHostOptions Options { get; }

    /// <summary>Gets the time since the start of the host, or its last crash or restart.</summary>
    public TimeSpan Uptime => Time.GetElapsedTime(Interlocked.Read(ref _started));

    /// <summary>
    /// Gets the time for which the host is down after <see cref="Restart"/> and should get no new links; zero while it is up.
    /// </summary>
    public TimeSpan DownFor => Until(Interlocked.Read(ref _downUntil));

    /// <summary>Gets the links that are open now. A copy.</summary>
    public IReadOnlyCollection<HostConnection> Connections => [.. _connections.Keys];

    internal TimeProvider Time { get; }

    internal IHostJournal Journal { get; }

    internal IReadOnlyList<IHostFeature> Features { get; }

    /// <summary>Gets the hierarchical states that the host takes and does nothing with.</summary>
    internal IReadOnlyList<string> UnsupportedStates { get; }

    internal IReadOnlyList<string> FeatureNames { get; }

    internal BackgroundTasks Background { get; } = new();

    /// <summary>Gets the number of sessions that the host remembers.</summary>
    internal int KnownSessions => _sessions.Count;

    /// <summary>Gets what a device that binds now is told about a restart to come; null when there is none.</summary>
    internal HostGoodbye? Announced
        => Volatile.Read(ref _announcement) is { } announcement && Until(announcement.RestartsAt) is var left && left > TimeSpan.Zero
        ? announcement.ToGoodbye(left)
        : null;

    /// <summary>Serves one link until it has ended.</summary>
    /// <param name="link">The link. The host owns it from here on.</param>
    /// <param name="accessToken">
    /// The token that was shown when the link was opened, without a scheme; <see langword="null"/> when there was none.
    /// </param>
    /// <param name="cancellationToken">Ends the link without a goodbye.</param>
    /// <returns>A task that completes when the link has ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="link"/> is null.</exception>
    public Task ServeAsync(HostLink link, string? accessToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return ServeCoreAsync(link, accessToken, cancellationToken);
    }

    /// <summary>
    /// Drops all links, bindings and scenes without a goodbye, as a crash does: to test clients. Epochs still grow and a reserved session
    /// still belongs to its device, because a host that forgets these cannot keep two devices apart.
    /// </summary>
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

    /// <summary>Says goodbye on all links (<c>Maintenance</c>) and closes them. Clients are told to come back after the downtime.</summary>
    /// <param name="downtime">The time for which the host is down.</param>
    /// <param name="comeBack">
    /// <see langword="true"/> when bindings survive, for <see cref="RenderingHostOptions.ResumeGrace"/> at most.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="downtime"/> is negative.</exception>
    public void Restart(TimeSpan downtime, bool comeBack)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(downtime, TimeSpan.Zero);
        Interlocked.Exchange(ref _downUntil, Time.TimestampIn(downtime));
        Volatile.Write(ref _announcement, null);
        Journal.HostRestarting(comeBack);
        foreach (HostSession session in _sessions.Values)
        {
            session.Restart(HostGoodbye.Maintenance(comeBack, comeBack ? downtime : null));
        }

        Interlocked.Exchange(ref _started, Time.GetTimestamp());
    }

    /// <summary>
    /// Announces a restart to the devices that are bound now or until then, and restarts the host when the time has come.
    /// </summary>
    /// <param name="notice">The time until the restart. A later announcement takes the place of an earlier one.</param>
    /// <param name="downtime">The time for which the host is down then.</param>
    /// <param name="comeBack"><see langword="true"/> when bindings survive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="notice"/> or <paramref name="downtime"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The host has been disposed of.</exception>
    public void AnnounceRestart(TimeSpan notice, TimeSpan downtime, bool comeBack)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(downtime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(notice, TimeSpan.Zero);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            _restart?.Dispose();
            Volatile.Write(ref _announcement, new HostAnnouncement(Time.TimestampIn(notice), downtime, comeBack));
            _restart = BackgroundWork.CreateTimer(Time, _ => Restart(downtime, comeBack), null, notice, Timeout.InfiniteTimeSpan);
        }

        foreach (HostSession session in _sessions.Values)
        {
            session.Announce();
        }
    }

    /// <summary>
    /// Aborts all links, ends all bindings, and waits until nothing of them runs. A link that is served later is aborted at once.
    /// </summary>
    /// <returns>A task that completes when all of it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        Sessions.Changed -= OnSessionChanged;
        await _disposed.CancelAsync().ConfigureAwait(false);
        lock (_gate)
        {
            _restart?.Dispose();
        }

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
    }

    /// <summary>Gets a value indicating whether a binary request is one that a feature takes, and well-formed.</summary>
    internal bool Takes(InboundFrame frame) => _binaryKinds.TryGetValue(frame.BinaryKind, out IHostFeature? feature)
        && feature.IsWellFormed(frame.BinaryKind, frame.Argument, frame.Parameters.Span);

    /// <summary>Finds the feature that answers a request; null when there is none.</summary>
    internal IHostFeature? FindFeature(HostRequest request) =>
        request.BinaryKind == 0 ? _methods.GetValueOrDefault(request.Method) : _binaryKinds.GetValueOrDefault(request.BinaryKind);

    /// <summary>Decides about a bind, and posts its answer now or, in a take-over, later.</summary>
    internal ValueTask BindAsync(HostConnection connection, long requestId, ReadOnlyMemory<byte> parameters)
    {
        HostBindRequest? request = HostBindRequest.Parse(parameters, out HostRefusal? refusal);
        HostSessionView? view = request is null || refusal is not null ? null : Sessions.Find(request.SessionId);
        if (refusal is null && view is null)
        {
            refusal = new HostRefusal(HostRefusalReason.SessionNotFound, "This host has no such session.");
        }

        // Looked at again under the session's lock; this look keeps the host from remembering sessions that are over.
        refusal ??= view!.Value.Goodbye is null ? null : HostRefusal.SessionEnded;
        if (refusal is not null)
        {
            Journal.BindRefused(request?.SessionId, request?.ClientId, refusal);
            connection.PostRefusal(requestId, refusal);
            return connection.Outbox.FlushAsync();
        }

        return GetSession(view!.Value.Id).BindAsync(connection, requestId, request!);
    }

    /// <summary>Gets what a device is told about its binding now.</summary>
    internal BindTerms TermsOf(HostBinding binding, bool resumed) => new(
        binding.Epoch,
        binding.LinkNumber,
        resumed,
        binding.Requests.Received,
        Options.ResumeGrace,
        Options.KeepAlive,
        Options.DeadAfter,
        Options.MaxMessageBytes,
        FeatureNames,
        UnsupportedStates);

    /// <summary>Tells all features of a change of a binding. What one of them throws reaches neither the others nor the host.</summary>
    internal void Notify(HostBinding binding, Action<IHostFeature, HostBinding> change)
    {
        foreach (IHostFeature feature in Features)
        {
            try
            {
                change(feature, binding);
            }
            catch (Exception exception)
            {
                Journal.FeatureFailed(feature, binding, exception);
            }
        }
    }

    /// <summary>Removes the state of a session that has ended: no device can bind it again.</summary>
    internal void Forget(HostSession session) => _sessions.TryRemove(KeyValuePair.Create(session.SessionId, session));

    /// <summary>Notes that the host did not run, if something that was due at a timestamp is late.</summary>
    internal void NoticeStall(long due) => _stall.Notice(due);

    /// <summary>The timestamp that lies a time ahead.</summary>
    internal long At(TimeSpan fromNow) => Time.TimestampIn(fromNow);

    /// <summary>How long it is until a timestamp; never negative.</summary>
    internal TimeSpan Until(long timestamp)
    {
        TimeSpan rest = Time.GetElapsedTime(Time.GetTimestamp(), timestamp);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }

    private async Task ServeCoreAsync(HostLink link, string? accessToken, CancellationToken cancellationToken)
    {
        var connection = new HostConnection(this, link, accessToken);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections.TryAdd(connection, gone);
        using CancellationTokenRegistration disposal =
            _disposed.Token.UnsafeRegister(static state => ((HostConnection)state!).Abort(), connection);
        try
        {
            await connection.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            gone.TrySetResult();
        }
    }

    private HostSession GetSession(string id) => _sessions.GetOrAdd(id, static (key, host) => new HostSession(host, key), this);

    private void OnSessionChanged(string sessionId)
    {
        if (_sessions.TryGetValue(sessionId, out HostSession? session))
        {
            session.OnPhaseMayHaveChanged();
        }
    }
}
