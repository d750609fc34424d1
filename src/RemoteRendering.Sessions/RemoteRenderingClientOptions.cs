using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>
/// Provides the options of a <see cref="RemoteRenderingClient"/>. Transport, retry, proxy, diagnostics and policies are those of
/// <see cref="ClientOptions"/>, and apply to the token exchange too.
/// </summary>
/// <remarks>
/// <para>
/// The client reads the options in its constructor; later changes have no effect on it. Calls obey a <c>Retry-After</c> of the service of
/// up to 5 minutes. A longer one fails the call, and the exception contains the time. Watches, waits for Ready and lease renewals send each
/// request once and repeat it by schedules of their own.
/// </para>
/// <para>
/// The default of <see cref="RetryOptions.NetworkTimeout"/> is 15 seconds for a try, and another 15 seconds for the whole body of its
/// answer. <see cref="RetryOptions.NetworkTimeout"/>, <see cref="RetryOptions.Delay"/> and <see cref="RetryOptions.MaxDelay"/> may have any
/// value: more than 1 day counts as 1 day, a negative time-out as <see cref="Timeout.InfiniteTimeSpan"/> and a negative delay as zero.
/// While a connection of the client has lost its link to the host, calls of the app make tries of at most 2 seconds. They go beyond
/// <see cref="RetryOptions.MaxRetries"/>, unless that is zero, until one is answered, the caller's token is cancelled or 2 minutes have
/// passed. After a try without an answer the next try uses new HTTP connections, because the old ones may stay unusable long after the
/// network is back. This needs the default transport: a custom transport keeps its connections.
/// </para>
/// </remarks>
public class RemoteRenderingClientOptions : ClientOptions
{
    private static readonly TimeSpan AzureNetworkTimeout = TimeSpan.FromSeconds(100);

    private TimeProvider _timeProvider = TimeProvider.System;
    private TimeSpan _signInTimeout = TimeSpan.FromMinutes(5);
    private string? _clientId;

    /// <summary>Creates the options.</summary>
    /// <param name="version">The version of the service. The default is the newest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="version"/> is not a known version.</exception>
    public RemoteRenderingClientOptions(ServiceVersion version = ServiceVersion.V2021_01_01)
    {
        Version = version is ServiceVersion.V1 or ServiceVersion.V2021_01_01_Preview or ServiceVersion.V2021_01_01
            ? version
            : throw new ArgumentOutOfRangeException(nameof(version), version, "The version must be a value of ServiceVersion.");
        Diagnostics.LoggedHeaderNames.Add("MS-CV");
        Diagnostics.LoggedHeaderNames.Add("X-MRC-CV");
        Diagnostics.LoggedHeaderNames.Add("api-supported-versions");
        if (Retry.NetworkTimeout == AzureNetworkTimeout)
        {
            // Far more than these small answers need. A value that the user has set for all Azure clients stays.
            Retry.NetworkTimeout = TimeSpan.FromSeconds(15);
        }
    }

    /// <summary>The versions of the session service.</summary>
    public enum ServiceVersion
    {
        /// <summary>v1, the legacy service of the public preview: the server assigns session ids, and leases are time spans.</summary>
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

    /// <summary>Gets or sets the address of the token service.</summary>
    /// <value>
    /// The default is <see langword="null"/>: <c>https://sts.</c> followed by the account domain, or, for the account domain
    /// <c>localhost</c>, the origin of the endpoint. Must be https, except on this machine.
    /// </value>
    public Uri? AuthenticationEndpoint { get; set; }

    /// <summary>Gets or sets the clock for all waits and expiries, except the retries of the HTTP pipeline.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
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

    /// <summary>
    /// Gets or sets the longest duration of a sign-in, including the token exchange, while a call waits for it. A sign-in may include a
    /// person who types a device code.
    /// </summary>
    /// <value>
    /// The default is 5 minutes. The value must be more than zero, or <see cref="Timeout.InfiniteTimeSpan"/>. A sign-in is cancelled when
    /// no call waits for it any more. A sign-in ahead of expiry, for which no call waits, ends after 30 seconds.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero or negative.</exception>
    public TimeSpan SignInTimeout
    {
        get => _signInTimeout;
        set => _signInTimeout = value > TimeSpan.Zero || value == Timeout.InfiniteTimeSpan
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The sign-in time-out must be more than zero, or infinite.");
    }

    /// <summary>Gets or sets the name of this device, by which a host identifies the device that holds a session.</summary>
    /// <value>
    /// 1 to 128 characters. The default is <see langword="null"/>: each client gets a random name. Store a name of your own to be the same
    /// device after a restart.
    /// </value>
    /// <exception cref="ArgumentException">The value is empty or longer than 128 characters.</exception>
    public string? ClientId
    {
        get => _clientId;
        set
        {
            if (value is { Length: 0 or > 128 })
            {
                throw new ArgumentException("The client id must have 1 to 128 characters.", nameof(value));
            }

            _clientId = value;
        }
    }

    /// <summary>
    /// Gets or sets the store for the session that was created, opened or taken from a pool last, and for the identity of this device, so
    /// that <see cref="RemoteRenderingClient.OpenLastRenderingSessionAsync"/> finds them after a restart.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: nothing is stored. <see cref="FileRenderingSessionStore"/> is an implementation. The client
    /// does not dispose the store.
    /// </value>
    public RenderingSessionStore? SessionStore { get; set; }

    /// <summary>Gets or sets the transport of connections to hosts.</summary>
    /// <value>The default is <see langword="null"/>: WebSockets.</value>
    public RenderingTransport? ConnectionTransport { get; set; }

    /// <summary>Gets or sets the logger factory for events of sessions, connections and leases.</summary>
    /// <value>
    /// The default is <see langword="null"/>: no log. HTTP requests are logged by Azure.Core, see <see cref="DiagnosticsOptions"/>.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets the source of network change notifications: the platform, or a test.</summary>
    internal INetworkChanges NetworkChanges { get; set; } = PlatformNetworkChanges.Instance;

    /// <summary>
    /// Gets or sets the clock of the pipelines, for tests. It is not <see cref="TimeProvider"/>: a clock that the user moves by hand must
    /// not stop retries.
    /// </summary>
    internal TimeProvider PipelineTimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets the factory of transports with connections of their own, which replace the shared transport.</summary>
    internal Func<HttpPipelineTransport> CreateTransport { get; set; } = static () => new HttpClientTransport();
}
