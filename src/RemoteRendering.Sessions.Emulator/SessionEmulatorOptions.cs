using System.Net;
using System.Security.Cryptography.X509Certificates;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Service;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// How a <see cref="SessionEmulator"/> behaves. Read once, when it starts; later changes have no effect on it, except those to
/// <see cref="Host"/> and <see cref="Scene"/>.
/// </summary>
public sealed class SessionEmulatorOptions
{
    internal const string Localhost = "localhost";

    /// <summary>Gets or sets the clock of everything in the emulator.</summary>
    /// <value><see cref="TimeProvider.System"/> by default; a <see cref="VirtualTimeProvider"/> puts time under a test's control.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how long a host takes from the creation of a session to Ready.</summary>
    /// <value>
    /// 2 seconds by default; not negative. With zero a session is Ready when its creation is answered. The real service took from 10
    /// seconds to 3 minutes.
    /// </value>
    public TimeSpan BootTime { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets boot times for single sizes, which win over <see cref="BootTime"/>.</summary>
    /// <value>Empty by default.</value>
    public IDictionary<SessionSize, TimeSpan> BootTimes { get; private set; } = new Dictionary<SessionSize, TimeSpan>();

    /// <summary>
    /// Gets the boot times of the first sessions, in order of their creation; the sessions after them boot as the other settings say.
    /// </summary>
    /// <value>Empty by default.</value>
    public IList<TimeSpan> BootTimeSequence { get; private set; } = [];

    /// <summary>
    /// Gets how many hosts of a size there are; a session for which none is free ends in Error when its boot time has passed.
    /// </summary>
    /// <value>Empty by default: no limit. 0 means that there are none.</value>
    public IDictionary<SessionSize, int> Capacity { get; private set; } = new Dictionary<SessionSize, int>();

    /// <summary>Gets accounts beside the well-known one.</summary>
    /// <value>Empty by default.</value>
    public IList<EmulatorAccount> Accounts { get; private set; } = [];

    /// <summary>
    /// Gets or sets whether the token service takes any unexpired JSON Web Token in place of an account key, as a sign-in with Microsoft
    /// Entra would give.
    /// </summary>
    /// <value>
    /// <see langword="true"/> by default. The emulator cannot check such a token: it only looks at its form and its <c>exp</c>.
    /// </value>
    public bool AllowEntraTokens { get; set; } = true;

    /// <summary>Gets or sets how long an access token is good.</summary>
    /// <value>24 hours by default, as documented; positive.</value>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Gets or sets whether an update may set a lease of exactly 1440 minutes.</summary>
    /// <value>
    /// <see langword="true"/> by default. The specification allows 1440 at creation and says "less than 1440" for the update;
    /// <see langword="false"/> holds to that word.
    /// </value>
    public bool AllowFullDayUpdate { get; set; } = true;

    /// <summary>
    /// Gets or sets how many requests an account may send to the session service in a minute before it gets 429; the counter starts anew
    /// each minute.
    /// </summary>
    /// <value><see langword="null"/> by default: no limit. At least 1.</value>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Gets or sets how long the service remembers a session after its end.</summary>
    /// <value>30 days by default, as documented; not negative.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how many sessions a page of the list has.</summary>
    /// <value>100 by default; at least 1. The real page size is not known.</value>
    public int PageSize { get; set; } = 100;

    /// <summary>Gets or sets which of the two recorded forms the bodies of the 2021-01-01 service have.</summary>
    /// <value><see cref="ServiceBodyShape.KeysLeftOut"/> by default, the later one.</value>
    public ServiceBodyShape BodyShape { get; set; }

    /// <summary>Gets or sets the port for plain HTTP.</summary>
    /// <value><see langword="null"/> by default: none. 0 lets the system choose.</value>
    public int? HttpPort { get; set; }

    /// <summary>Gets or sets the port for HTTPS.</summary>
    /// <value><see langword="null"/> by default: none. 0 lets the system choose.</value>
    public int? HttpsPort { get; set; }

    /// <summary>Gets or sets the address to listen on.</summary>
    /// <value>
    /// <see langword="null"/> by default: this machine only, 127.0.0.1 and, where there is one, [::1]. Anything else is open to the
    /// network, with well-known keys.
    /// </value>
    public IPAddress? ListenAddress { get; set; }

    /// <summary>Gets or sets the certificate for HTTPS, with its private key.</summary>
    /// <value>
    /// <see langword="null"/> by default: the emulator makes one for this machine, for the names that clients derive from
    /// <see cref="AccountDomain"/>, and for <see cref="CertificateNames"/>. One that is given stays the caller's to dispose.
    /// </value>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>
    /// Gets or sets the account domain, for clients that derive the hosts of the services from it: <c>sts.</c> and <c>remoterendering.</c>
    /// in front of it.
    /// </summary>
    /// <value>
    /// <c>localhost</c> by default. The names must resolve to this machine; the emulator only puts them into its certificate.
    /// </value>
    public string AccountDomain { get; set; } = Localhost;

    /// <summary>
    /// Gets more names that the certificate which the emulator makes is good for: host names, with or without <c>*.</c> in front, or IP
    /// addresses.
    /// </summary>
    /// <value>Empty by default.</value>
    public IList<string> CertificateNames { get; private set; } = [];

    /// <summary>Gets or sets the clock for what a socket may take: real, whatever clock the emulator runs on.</summary>
    internal TimeProvider SocketTime { get; set; } = TimeProvider.System;

    /// <summary>Gets how the host of the sessions behaves towards devices.</summary>
    public RenderingHostOptions Host { get; } = new();

    /// <summary>Gets the options of the host's scenes.</summary>
    public EmulatorSceneOptions Scene { get; } = new();

    /// <summary>Gets or sets how many entries the request log holds.</summary>
    /// <value>1,000 by default; at least 1. The oldest go first.</value>
    public int RequestLogCapacity { get; set; } = 1_000;

    /// <summary>Gets or sets how many events the history holds.</summary>
    /// <value>100,000 by default; at least 1. The oldest go first.</value>
    public int HistoryCapacity { get; set; } = 100_000;

    internal TimeSpan BootTimeOf(SessionSize size) => BootTimes.TryGetValue(size, out TimeSpan time) ? time : BootTime;

    /// <summary>A copy that later changes do not reach. The host's behaviour is shared: the host reads it when a link binds.</summary>
    internal SessionEmulatorOptions Copy()
    {
        var copy = (SessionEmulatorOptions)MemberwiseClone();
        copy.BootTimes = new Dictionary<SessionSize, TimeSpan>(BootTimes);
        copy.BootTimeSequence = [.. BootTimeSequence];
        copy.Capacity = new Dictionary<SessionSize, int>(Capacity);
        copy.Accounts = [.. Accounts];
        copy.CertificateNames = [.. CertificateNames];
        return copy;
    }

    internal void Validate()
    {
        Check(TimeProvider is not null, nameof(TimeProvider), "must be given; TimeProvider.System is the default");
        Check(
            BootTime >= TimeSpan.Zero && BootTimes.Values.Concat(BootTimeSequence).All(time => time >= TimeSpan.Zero), nameof(BootTime),
            "must not be negative; 2 seconds is the default");
        Check(Capacity.Values.All(count => count >= 0), nameof(Capacity), "must not be negative; leave a size out for no limit");
        Check(TokenLifetime > TimeSpan.Zero, nameof(TokenLifetime), "must be positive; 24 hours is the default");
        Check(RequestsPerMinute is null or >= 1, nameof(RequestsPerMinute), "must be at least 1, or null for no limit");
        Check(Retention >= TimeSpan.Zero, nameof(Retention), "must not be negative; 30 days is the default");
        Check(PageSize >= 1, nameof(PageSize), "must be at least 1; 100 is the default");
        Check(Enum.IsDefined(BodyShape), nameof(BodyShape), "must be KeysLeftOut or ZerosAndNulls");
        Check(HttpPort is null or (>= 0 and <= 65535), nameof(HttpPort), "must be 0 to 65535, or null for none");
        Check(HttpsPort is null or (>= 0 and <= 65535), nameof(HttpsPort), "must be 0 to 65535, or null for none");
        Check(HttpPort is null or 0 || HttpPort != HttpsPort, nameof(HttpsPort), $"must differ from HttpPort ({HttpPort})");
        Check(Certificate is null || Certificate.HasPrivateKey, nameof(Certificate), "must have its private key");
        Check(
            AccountDomain is not null && Uri.CheckHostName(AccountDomain) == UriHostNameType.Dns, nameof(AccountDomain),
            "must be a host name without a scheme, a port or a path; localhost is the default");
        Check(
            CertificateNames.All(RemoteRendering.Sessions.Emulator.Hosting.CertificateNames.IsValid), nameof(CertificateNames),
            "must be host names or IP addresses");
        Check(RequestLogCapacity >= 1, nameof(RequestLogCapacity), "must be at least 1; 1,000 is the default");
        Check(HistoryCapacity >= 1, nameof(HistoryCapacity), "must be at least 1; 100,000 is the default");
        Check(Accounts.All(account => account is not null), nameof(Accounts), "must not contain null");
        Check(
            Accounts.Select(account => account.Id).Append(SessionEmulator.WellKnownAccountId).Distinct().Count() == Accounts.Count + 1,
            nameof(Accounts),
            "must have different ids, and none may be that of the well-known account");
    }

    private static void Check(bool holds, string name, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(SessionEmulatorOptions)}.{name} {rule}.", name);
        }
    }
}
