using System.Collections.Concurrent;
using RemoteRendering.Sessions.Host.Binding;
using RemoteRendering.Sessions.Host.Messages;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents the exclusive claim of one device on one session. It outlives the links of the device.</summary>
public class HostBinding
{
    // What is not public belongs to the session's lock.
    private readonly HostSession _session;
    private readonly HostBindRequest _request;
    private readonly ConcurrentDictionary<object, object> _state = new();

    /// <summary>Initializes a new instance of the <see cref="HostBinding"/> class for substitutes in tests of features.</summary>
    protected HostBinding()
    {
        _session = null!;
        _request = null!;
    }

    internal HostBinding(HostSession session, HostBindRequest request, long epoch)
    {
        _session = session;
        _request = request;
        Epoch = epoch;
    }

    /// <summary>Gets the id of the session.</summary>
    public virtual string SessionId => _session.SessionId;

    /// <summary>Gets the id of the device.</summary>
    public virtual string ClientId => _request.ClientId;

    /// <summary>
    /// Gets the instance of the device that the binding was made for; <see langword="null"/> when the device does not say which it is.
    /// </summary>
    public virtual string? InstanceId => _request.InstanceId;

    /// <summary>Gets the number of the binding within its session, from 1. It grows with each.</summary>
    public virtual long Epoch { get; }

    /// <summary>Gets the number of the newest link within the binding, from 1.</summary>
    public virtual int LinkNumber { get; internal set; }

    /// <summary>Gets the newest link; <see langword="null"/> while the device is away.</summary>
    public virtual HostConnection? Connection { get; internal set; }

    /// <summary>Gets a value indicating whether the device has a link on which nothing waits to be sent.</summary>
    public virtual bool IsIdle => _session.IsIdle(this);

    /// <summary>Gets the largest message of the session's host, in bytes: <see cref="RenderingHostOptions.MaxMessageBytes"/>.</summary>
    public virtual int MaxMessageBytes => _session.Options.MaxMessageBytes;

    internal HostDevice Device => _request.Device;

    /// <summary>Gets or sets what ends the binding while the device is away.</summary>
    internal ITimer? GraceTimer { get; set; }

    /// <summary>Gets or sets the moment at which the grace ends, while the device is away.</summary>
    internal long GraceEnds { get; set; }

    internal bool HasEnded { get; set; }

    /// <summary>Gets or sets whether the host crashed under it: its link is about to be cut.</summary>
    internal bool HasCrashed { get; set; }

    /// <summary>Gets the requests, with their answers.</summary>
    internal RequestLedger Requests { get; } = new();

    /// <summary>Gets the requests that have arrived and wait for their start.</summary>
    internal Queue<HostRequest> Waiting { get; } = new();

    /// <summary>Gets or sets a value indicating whether requests are being started now.</summary>
    internal bool IsStarting { get; set; }

    /// <summary>Gets what a feature keeps for this binding; made at the first call.</summary>
    /// <typeparam name="TState">The type of it.</typeparam>
    /// <param name="key">The key, mostly the feature itself.</param>
    /// <param name="create">Makes it. When two threads come first, both may run it, and one result is used.</param>
    /// <returns>The same object for the same key, as long as the binding lives and after it.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public virtual TState GetOrAddState<TState>(object key, Func<TState> create)
        where TState : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(create);
        return (TState)_state.GetOrAdd(key, static (_, make) => make(), create);
    }

    /// <summary>Sends a binary notification that the client can do without, for example a picture.</summary>
    /// <param name="kind">The kind of the frame.</param>
    /// <param name="argument">The argument in its head.</param>
    /// <param name="id">The id in its head.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>
    /// <see langword="false"/> when it was dropped, because the device has no link, or something else waits to be sent on it.
    /// </returns>
    public virtual bool TrySend(byte kind, uint argument, ulong id, ReadOnlySpan<byte> payload) =>
        _session.NotifyIfIdle(this, HostBinaryFrame.Write(kind, argument, id, payload));
}
