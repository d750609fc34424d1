using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>
/// How a client speaks to the service. Transport, retry, proxy, diagnostics and policies are those of <see cref="ClientOptions"/>, and hold for the token exchange too.
/// </summary>
/// <remarks>
/// <para>
/// Read when the client is made; later changes have no effect on it. Calls obey a <c>Retry-After</c> of the service of up to 5 minutes; a longer one is not waited for, and the failure says when to come
/// back. Watches, waits for Ready and lease renewals send each request once and repeat it by schedules of their own.
/// </para>
/// <para>
/// The default of <see cref="RetryOptions.NetworkTimeout"/> is 15 seconds for a try, and as much for the body of its answer as a whole. While a connection of the client has lost its link to the host, the calls of the
/// app make tries of at most 2 seconds, beyond <see cref="RetryOptions.MaxRetries"/> unless that is zero, until one is answered, the caller's token is cancelled or 2 minutes have passed. After a try without an answer the next one uses
/// fresh HTTP connections, since the old ones may stay silent long after the network is back. That needs the default transport: a transport of the app's own keeps its connections.
/// </para>
/// </remarks>
public class RemoteRenderingClientOptions : ClientOptions
{
    private static readonly TimeSpan AzureNetworkTimeout = TimeSpan.FromSeconds(100);

    private TimeProvider _timeProvider = TimeProvider.System;
    private TimeSpan _signInTimeout = TimeSpan.FromMinutes(5);
    private string? _clientId;

    /// <summary>Creates the options.</summary>
    /// <param name="version">The version of the service; the newest by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="version"/> is none of the known ones.</exception>
    public RemoteRenderingClientOptions(ServiceVersion version = ServiceVersion.V2021_01_01)
    {
        Version = version is ServiceVersion.V1 or ServiceVersion.V2021_01_01_Preview or ServiceVersion.V2021_01_01
            ? version
            : throw new ArgumentOutOfRangeException(nameof(version), version, "Not a version of the service.");
        Diagnostics.LoggedHeaderNames.Add("MS-CV");
        Diagnostics.LoggedHeaderNames.Add("X-MRC-CV");
        Diagnostics.LoggedHeaderNames.Add("api-supported-versions");
        if (Retry.NetworkTimeout == AzureNetworkTimeout)
        {
            // Far more than these small answers need. What the user has set for all Azure clients stays.
            Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        }
    }

    /// <summary>The versions of the session service.</summary>
    public enum ServiceVersion
    {
        /// <summary>The legacy service of the public preview: the server makes the session ids, leases are time spans.</summary>
#pragma warning disable CA1707 // Service versions are written with underscores throughout the Azure SDKs.
        V1 = 1,

        /// <summary>2021-01-01-preview.</summary>
        V2021_01_01_Preview = 2,

        /// <summary>2021-01-01, the last one.</summary>
        V2021_01_01 = 3,
#pragma warning restore CA1707
    }

    /// <summary>Gets the version of the service.</summary>
    public ServiceVersion Version { get; }

    /// <summary>Gets or sets where the token service is.</summary>
    /// <value>
    /// <see langword="null"/> by default: <c>https://sts.</c> and the account domain; for an account domain of <c>localhost</c>, the origin of the endpoint. Only https, except on this machine.
    /// </value>
    public Uri? AuthenticationEndpoint { get; set; }

    /// <summary>Gets or sets the clock of everything that waits or expires, except the retries of the HTTP pipeline.</summary>
    /// <value><see cref="TimeProvider.System"/> by default.</value>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        set
        {
            Guard.NotNull(value, nameof(value));
            _timeProvider = value;
        }
    }

    /// <summary>Gets or sets how long a sign-in with the token exchange may take while a call waits for it: a person may be typing a device code.</summary>
    /// <value>
    /// The default is 5 minutes. More than zero, or <see cref="Timeout.InfiniteTimeSpan"/>. A sign-in ends earlier when no call waits for it any more, and one ahead of expiry, for which no call waits, after 30 seconds.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan SignInTimeout
    {
        get => _signInTimeout;
        set => _signInTimeout = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time-out of a sign-in must be more than zero, or infinite.");
    }

    /// <summary>Gets or sets the name of this device, by which a host tells who holds a session.</summary>
    /// <value>1 to 128 characters. <see langword="null"/> by default: a random one for each client. Store one of your own to be the same device after a restart.</value>
    /// <exception cref="ArgumentException">The value is empty or longer than 128 characters.</exception>
    public string? ClientId
    {
        get => _clientId;
        set
        {
            if (value is { Length: 0 or > 128 })
            {
                throw new ArgumentException("A client id has 1 to 128 characters.", nameof(value));
            }

            _clientId = value;
        }
    }

    /// <summary>Gets or sets where to keep which session was created, opened or taken out of a pool last, and as which device, so that <see cref="RemoteRenderingClient.OpenLastRenderingSessionAsync"/> finds it after a restart.</summary>
    /// <value><see langword="null"/> by default: nowhere. For example a <see cref="FileRenderingSessionStore"/>. Stays the caller's to dispose.</value>
    public RenderingSessionStore? SessionStore { get; set; }

    /// <summary>Gets or sets what carries connections to hosts.</summary>
    /// <value><see langword="null"/> by default: WebSockets.</value>
    public RenderingTransport? ConnectionTransport { get; set; }

    /// <summary>Gets or sets where connections and leases write their log.</summary>
    /// <value><see langword="null"/> by default: nowhere. HTTP requests are logged by Azure.Core, see <see cref="DiagnosticsOptions"/>.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets what tells of changes of the network: the platform, or a test.</summary>
    internal INetworkChanges NetworkChanges { get; set; } = PlatformNetworkChanges.Instance;

    /// <summary>Gets or sets the clock of the pipelines, which tests replace: a user's clock that is moved by hand must not stop retries.</summary>
    internal TimeProvider PipelineTimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets what creates a transport with connections of its own, in place of the shared one.</summary>
    internal Func<HttpPipelineTransport> CreateTransport { get; set; } = static () => new HttpClientTransport();
}
