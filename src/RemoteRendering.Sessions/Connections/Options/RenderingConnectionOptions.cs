namespace RemoteRendering.Sessions;

/// <summary>How to connect to the host of a session, and how to stay connected.</summary>
/// <remarks>Read when the connect begins; later changes have no effect on it.</remarks>
public class RenderingConnectionOptions
{
    /// <summary>The longest wait that a timer of every platform can do, in whole days, with a drain on top: 24 days.</summary>
    internal static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    /// <summary>The longest time that a device whose session is taken over may be given: 60 seconds.</summary>
    internal static readonly TimeSpan MaxDrainTime = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets what to do about another device that holds the session.</summary>
    /// <value><see cref="RenderingBindPolicy.Resume"/> by default: be refused.</value>
    public RenderingBindPolicy BindPolicy { get; set; }

    /// <summary>Gets or sets how long the other device may go on before a <see cref="RenderingBindPolicy.TakeOver"/> cuts it off.</summary>
    /// <value>Zero by default; at most 60 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than 60 s.</exception>
    public TimeSpan DrainTime
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= MaxDrainTime ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The drain time must be between 0 and 60 seconds.");
    }

    /// <summary>Gets or sets how to come back after the link dropped.</summary>
    /// <value><see cref="RenderingReconnectPolicy.Default"/> by default. <see cref="RenderingReconnectPolicy.Never"/> ends the connection with the first drop.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RenderingReconnectPolicy ReconnectPolicy
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = RenderingReconnectPolicy.Default;

    /// <summary>Gets or sets whether and how to try again when the first connect fails for a reason that may pass.</summary>
    /// <value><see cref="RenderingReconnectPolicy.DefaultInitial"/> by default: four attempts in all, within about two seconds.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RenderingReconnectPolicy InitialConnectPolicy
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value));
    } = RenderingReconnectPolicy.DefaultInitial;

    /// <summary>Gets or sets how long one attempt may take, from the token to the host's word that the device is bound. <see cref="DrainTime"/> comes on top.</summary>
    /// <value>10 s by default; more than zero, at most 24 days.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero, or more than 24 days.</exception>
    public TimeSpan AttemptTimeout
    {
        get;
        set => field = value > TimeSpan.Zero && value <= MaxTimeout ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero and at most 24 days.");
    } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a disconnect waits for the host to confirm it before the link is cut.</summary>
    /// <value>2 s by default; zero cuts at once, and the host learns of it only by the drop. At most 24 days.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or more than 24 days.</exception>
    public TimeSpan DisconnectTimeout
    {
        get;
        set => field = value >= TimeSpan.Zero && value <= MaxTimeout ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be zero to 24 days.");
    } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets a value indicating whether to go on reconnecting when the host's grace is over and the scene with it.</summary>
    /// <value>
    /// <see langword="false"/> by default: the connection ends with <see cref="RenderingConnectionReason.GraceExpired"/>. With <see langword="true"/> it goes on while the
    /// session lives, and a change to <see cref="ConnectionStatus.Connected"/> without <see cref="RenderingConnectionChange.SceneKept"/> says that the scene must be built anew.
    /// </value>
    public bool ReconnectAfterGrace { get; set; }

    /// <summary>Gets or sets how the lease of the session is renewed for as long as the connection lives.</summary>
    /// <value>
    /// <see langword="null"/> by default: not by the connection. Otherwise a renewal starts when the connection is first connected, by the same rules as <c>RenderingSession.StartLeaseRenewal</c>,
    /// and stops when the connection has ended; <c>RenderingSession.LeaseRenewal</c> is it. A renewal that runs already goes on instead, and is not stopped. Numbers that do not fit each other fail the call that connects.
    /// </value>
    public LeaseRenewalOptions? LeaseRenewal { get; set; }

    /// <summary>Gets or sets a value indicating whether callbacks wait until the application calls <c>Update</c>, and run inside it, on the calling thread.</summary>
    /// <value>
    /// <see langword="false"/> by default: callbacks run on the thread pool, one at a time. Holds for event handlers and for what is registered at the <c>Lost</c> token; properties, streams
    /// and tasks never wait. Callbacks still waiting when the next connection of the same session chooses otherwise are run in its way.
    /// </value>
    public bool PumpCallbacks { get; set; }

    /// <summary>Gets or sets the largest message that is taken from the host.</summary>
    /// <value>4 MiB by default; at least 1 KiB. A larger message ends the connection. Pictures are asked for in a size that fits.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1,024.</exception>
    public int MaxMessageBytes
    {
        get;
        set => field = value >= 1024 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be at least 1,024 bytes.");
    } = 4 * 1024 * 1024;

    /// <summary>Gets or sets how long a request may wait for its answer while the host is connected, and for each further sign of progress.</summary>
    /// <value>
    /// 5 minutes by default; more than zero, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit. The time without a link does not count. A request that takes longer fails with
    /// <see cref="RenderingConnectionReason.Timeout"/>, at most a keep-alive (5 s) later, and is cancelled at the host; the connection lives on. Writes to the scene have no limit.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not more than zero.</exception>
    public TimeSpan RequestTimeout
    {
        get;
        set => field = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out must be more than zero, or infinite.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets a value indicating whether a change of this device's network addresses makes the connection check its link at once, or try again at once.</summary>
    /// <value>
    /// <see langword="true"/> by default, on platforms that tell of such changes (<see cref="System.Net.NetworkInformation.NetworkChange"/>). A link that is alive is kept: the host is asked, and
    /// has to answer soon.
    /// </value>
    public bool WatchNetwork { get; set; } = true;

    /// <summary>Gets or sets what is told about each wait between two attempts, also while the first connect is being made.</summary>
    /// <value><see langword="null"/> by default. Called like the other callbacks, see <see cref="PumpCallbacks"/>; <c>RenderingSession.ConnectionProgress</c> shows the same at any time.</value>
    public IProgress<RenderingConnectionProgress>? Progress { get; set; }

    internal RenderingConnectionOptions Clone() => (RenderingConnectionOptions)MemberwiseClone();
}
