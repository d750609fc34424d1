namespace RemoteRendering.Sessions;

/// <summary>Provides the options of a connection to the host of a session.</summary>
/// <remarks>The options are read when the connect starts; later changes have no effect on it.</remarks>
public class RenderingConnectionOptions
{
    /// <summary>The longest wait that timers support on every platform, in whole days, with room for a drain time: 24 days.</summary>
    internal static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    /// <summary>The longest time before a take-over disconnects the other device: 60 seconds.</summary>
    internal static readonly TimeSpan MaxDrainTime = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the policy for a session that another device holds.</summary>
    /// <value>The default is <see cref="RenderingBindPolicy.Resume"/>: the connect is refused.</value>
    public RenderingBindPolicy BindPolicy { get; set; }

    /// <summary>
    /// Gets or sets the time for which the other device stays connected before a <see cref="RenderingBindPolicy.TakeOver"/> disconnects it.
    /// </summary>
    /// <value>The default is zero. At most 60 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 60 seconds.</exception>
    public TimeSpan DrainTime
    {
        get;
        set =>
            field = value >= TimeSpan.Zero && value <= MaxDrainTime
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The drain time must be between 0 and 60 seconds.");
    }

    /// <summary>Gets or sets the policy for attempts to reconnect after the link dropped.</summary>
    /// <value>
    /// The default is <see cref="RenderingReconnectPolicy.Default"/>. <see cref="RenderingReconnectPolicy.Never"/> ends the connection with
    /// the first drop.
    /// </value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RenderingReconnectPolicy ReconnectPolicy
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = RenderingReconnectPolicy.Default;

    /// <summary>Gets or sets the policy for further attempts when the first connect fails for a transient reason.</summary>
    /// <value>The default is <see cref="RenderingReconnectPolicy.DefaultInitial"/>: four attempts in total, within about 2 seconds.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RenderingReconnectPolicy InitialConnectPolicy
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = RenderingReconnectPolicy.DefaultInitial;

    /// <summary>
    /// Gets or sets the longest duration of one attempt, from the token request to the answer of the host that the device is bound.
    /// <see cref="DrainTime"/> is added to it.
    /// </summary>
    /// <value>The default is 10 seconds. Must be more than zero and at most 24 days.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero, or more than 24 days.</exception>
    public TimeSpan AttemptTimeout
    {
        get;
        set =>
            field = value > TimeSpan.Zero && value <= MaxTimeout
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero and at most 24 days.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the time for which a disconnect waits for the confirmation of the host before it closes the link.</summary>
    /// <value>
    /// The default is 2 seconds. At most 24 days. With zero the link is closed immediately, and the host detects the disconnect only by the
    /// drop.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 24 days.</exception>
    public TimeSpan DisconnectTimeout
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= MaxTimeout ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be between zero and 24 days.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Gets or sets a value indicating whether the connection continues to reconnect after the grace time of the host, when the scene is
    /// lost.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>: the connection ends with <see cref="RenderingConnectionReason.GraceExpired"/>. With
    /// <see langword="true"/> it continues while the session is alive, and after a change to <see cref="ConnectionStatus.Connected"/>
    /// without <see cref="RenderingConnectionChange.SceneKept"/> the application must rebuild the scene.
    /// </value>
    public bool ReconnectAfterGrace { get; set; }

    /// <summary>Gets or sets the options for the renewal of the lease while the connection is alive.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the connection does not renew the lease. Otherwise a renewal starts when the connection is
    /// first connected, by the same rules as <c>RenderingSession.StartLeaseRenewal</c>, and stops when the connection has ended;
    /// <c>RenderingSession.LeaseRenewal</c> returns it. A renewal that is already running continues instead, and is not stopped. Values
    /// that contradict each other fail the connect.
    /// </value>
    public LeaseRenewalOptions? LeaseRenewal { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether callbacks run inside <c>Update</c>, on the thread of the application that calls it.
    /// </summary>
    /// <value>
    /// The default is <see langword="false"/>: callbacks run on the thread pool, one at a time. The setting applies to event handlers and
    /// to registrations at the <c>Lost</c> token, not to properties, streams and tasks. If the next connection of the same session has
    /// another setting, pending callbacks run by that setting.
    /// </value>
    public bool PumpCallbacks { get; set; }

    /// <summary>Gets or sets the largest message, in bytes, that is accepted from the host.</summary>
    /// <value>The default is 4 MiB. At least 1 KiB. A larger message ends the connection. Pictures are requested with this limit.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1,024.</exception>
    public int MaxMessageBytes
    {
        get;
        set =>
            field = value >= 1024
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be at least 1,024 bytes.");
    } = 4 * 1024 * 1024;

    /// <summary>
    /// Gets or sets the longest time a request waits for its answer, or for each further report of progress, while the host is connected.
    /// </summary>
    /// <value>
    /// The default is 5 minutes. Must be more than zero, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit. The time without a link
    /// does not count. A request that takes longer fails with <see cref="RenderingConnectionReason.Timeout"/>, at most one keep-alive
    /// interval (5 seconds) later, and is cancelled at the host; the connection continues. Writes to the scene have no limit.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        set => field = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero, or infinite.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Gets or sets a value indicating whether a change of the network addresses of this device makes the connection check its link, or
    /// make its next attempt, immediately.
    /// </summary>
    /// <value>
    /// The default is <see langword="true"/>. It has an effect on platforms that report such changes
    /// (<see cref="System.Net.NetworkInformation.NetworkChange"/>). A link is kept if the host answers a check soon.
    /// </value>
    public bool WatchNetwork { get; set; } = true;

    /// <summary>Gets or sets the receiver of a report for each wait between two attempts, also during the first connect.</summary>
    /// <value>
    /// The default is <see langword="null"/>. It is called like the other callbacks, see <see cref="PumpCallbacks"/>.
    /// <c>RenderingSession.ConnectionProgress</c> returns the same value at any time.
    /// </value>
    public IProgress<RenderingConnectionProgress>? Progress { get; set; }

    internal RenderingConnectionOptions Clone() => (RenderingConnectionOptions)MemberwiseClone();
}
