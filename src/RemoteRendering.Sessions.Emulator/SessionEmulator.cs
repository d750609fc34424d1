using System.Net;
using System.Security.Cryptography.X509Certificates;
using RemoteRendering.Sessions.Emulator.Hosting;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// The session service, its token service and a host, in one object: inside the process without sockets, or on a loopback port too.
/// Thread-safe.
/// </summary>
/// <remarks>Disposing ends everything that is under way in it, and forgets its sessions.</remarks>
public sealed partial class SessionEmulator : IAsyncDisposable
{
    /// <summary>The account key of the account that every emulator knows. Public on purpose: it opens nothing but emulators.</summary>
    public const string WellKnownAccountKey = "cmVtb3RlLXJlbmRlcmluZy1lbXVsYXRvci13ZWxsLWtub3duLWtleQ==";

    internal const string TokenIssuerName = "remote-rendering-emulator";

    private readonly X509Certificate2? _ownCertificate;
    private readonly EmulatorParts _parts;
    private readonly object _gate = new();
    private EmulatorServer? _server;
    private Task? _disposal;

    private SessionEmulator(SessionEmulatorOptions options)
    {
        _parts = new EmulatorParts(options);
        TimeProvider = options.TimeProvider;
        AccountDomain = options.AccountDomain;
        if (options.HttpsPort is not null)
        {
            _ownCertificate = options.Certificate is null
                ? LoopbackCertificate.Create(options.AccountDomain, options.CertificateNames)
                : null;
            Certificate = options.Certificate ?? _ownCertificate;
        }
    }

    /// <summary>Gets the id of the account that every emulator knows.</summary>
    public static Guid WellKnownAccountId { get; } = new("5f1d7a60-9c52-4d4b-8f0e-0000c0ffee00");

    /// <summary>
    /// Gets the address to give to a client: the loopback address when there is one (HTTP before HTTPS), else <c>http://localhost/</c>,
    /// which is only reached through <see cref="CreateHandler"/>.
    /// </summary>
    public Uri Endpoint => HttpEndpoint ?? HttpsEndpoint ?? new Uri("http://localhost/");

    /// <summary>Gets the address for plain HTTP, <see langword="null"/> when the emulator does not listen for it.</summary>
    public Uri? HttpEndpoint => Address("http", _server?.Http);

    /// <summary>Gets the address for HTTPS, <see langword="null"/> when the emulator does not listen for it.</summary>
    public Uri? HttpsEndpoint => Address("https", _server?.Https);

    /// <summary>
    /// Gets the certificate for HTTPS, <see langword="null"/> without HTTPS. One that the emulator made itself is gone when it is disposed.
    /// </summary>
    public X509Certificate2? Certificate { get; }

    /// <summary>Gets the well-known account.</summary>
    /// <value><see cref="WellKnownAccountId"/>.</value>
    public Guid AccountId { get; } = WellKnownAccountId;

    /// <summary>Gets the account domain to give to a client: the token service is at the same address as the session service.</summary>
    /// <value><see cref="SessionEmulatorOptions.AccountDomain"/>, which is <c>localhost</c> by default.</value>
    public string AccountDomain { get; }

    /// <summary>Gets the key of the well-known account.</summary>
    /// <value><see cref="WellKnownAccountKey"/>.</value>
    public string AccountKey { get; } = WellKnownAccountKey;

    /// <summary>Gets the clock that the emulator runs on.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Starts an emulator.</summary>
    /// <param name="configure">Changes the options; <see langword="null"/> for the defaults, which are in-process only.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running emulator; dispose it.</returns>
    /// <exception cref="ArgumentException">An option is not what it should be; the message names it.</exception>
    /// <exception cref="IOException">A port is taken, or the address is none of this machine.</exception>
    public static async Task<SessionEmulator> StartAsync(
        Action<SessionEmulatorOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        var options = new SessionEmulatorOptions();
        configure?.Invoke(options);
        options.Validate();
        options = options.Copy();
        var emulator = new SessionEmulator(options);
        if (options.HttpPort is null && options.HttpsPort is null)
        {
            return emulator;
        }

        try
        {
            // The web server captures the context that it is started and stopped in.
            EmulatorParts parts = emulator._parts;
            var ports = new ListeningPorts(options.ListenAddress, options.HttpPort, options.HttpsPort);
            emulator._server = await BackgroundWork
                .Start(() =>
                    EmulatorServer.StartAsync(
                        ports, emulator.Certificate, parts.Front, parts.Host, parts.HostFaults, options.SocketTime, cancellationToken))
                .ConfigureAwait(false);
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Ends the emulator: requests that are held back are cut, links are broken, ports are freed.</summary>
    /// <returns>A task that completes when all of it has ended.</returns>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposal ??= BackgroundWork.Start(DisposeCoreAsync);
            return new ValueTask(_disposal);
        }
    }

    private static Uri? Address(string scheme, IPEndPoint? endPoint)
    {
        if (endPoint is null)
        {
            return null;
        }

        // No client can dial "any"; on this machine, loopback reaches it.
        IPAddress address = endPoint.Address.Equals(IPAddress.Any) || endPoint.Address.Equals(IPAddress.IPv6Any)
            ? IPAddress.Loopback
            : endPoint.Address;
        return new Uri($"{scheme}://{new IPEndPoint(address, endPoint.Port)}/");
    }

    private async Task DisposeCoreAsync()
    {
        _parts.Front.Close();
        _parts.HostFaults.SeverAll();
        await _parts.Host.DisposeAsync().ConfigureAwait(false);
        await _parts.HostFaults.Background.WhenAllAsync().ConfigureAwait(false);
        await _parts.Scenes.DisposeAsync().ConfigureAwait(false);
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        _ownCertificate?.Dispose();
    }
}
