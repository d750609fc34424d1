using System.Globalization;
using Azure;
using Azure.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Connections;
using RemoteRendering.Sessions.Diagnostics;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;
using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Rest;
using RemoteRendering.Sessions.Sessions;

namespace RemoteRendering.Sessions;

/// <summary>
/// Creates, observes, extends and stops remote-rendering sessions of one account, and opens handles on them. Immutable and thread-safe; make one and keep it.
/// </summary>
public partial class RemoteRenderingClient
{
    private const string EntraScope = "https://sts.mixedreality.azure.com//.default";

    private readonly ClientPipelines _pipelines = null!;
    private readonly SessionOperations _operations = null!;
    private readonly SessionOperations _onceOperations = null!;
    private readonly SessionHandles _handles = null!;

    /// <summary>Creates a client that signs in with an account key.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="keyCredential">The account key; read at every exchange, so that it can be rotated.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AzureKeyCredential keyCredential)
        : this(endpoint, accountId, accountDomain, keyCredential, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>Creates a client that signs in with an account key.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="keyCredential">The account key; read at every exchange, so that it can be rotated.</param>
    /// <param name="options">How to speak to the service.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AzureKeyCredential keyCredential, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, WithKey(keyCredential), accountId.ToString("D") + ":")
    {
    }

    /// <summary>Creates a client that signs in with Entra.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="credential">Where Entra tokens come from; each is exchanged at the token service.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, TokenCredential credential)
        : this(endpoint, accountId, accountDomain, credential, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>Creates a client that signs in with Entra.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="credential">Where Entra tokens come from; each is exchanged at the token service.</param>
    /// <param name="options">How to speak to the service.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, TokenCredential credential, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, WithEntra(credential))
    {
    }

    /// <summary>Creates a client with a ready access token of the token service, that a backend of yours got for it.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="accessToken">The token. It cannot be renewed: once it has expired, calls fail with <see cref="RemoteRenderingErrorCode.AccessTokenExpired"/> before anything is sent.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AccessToken accessToken)
        : this(endpoint, accountId, accountDomain, accessToken, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>Creates a client with a ready access token of the token service, that a backend of yours got for it.</summary>
    /// <param name="endpoint">The session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http only on this machine.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="accountDomain">The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.</param>
    /// <param name="accessToken">The token. It cannot be renewed: once it has expired, calls fail with <see cref="RemoteRenderingErrorCode.AccessTokenExpired"/> before anything is sent.</param>
    /// <param name="options">How to speak to the service.</param>
    /// <exception cref="ArgumentException">An argument is null, empty, or not what it should be; the message shows a good one.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AccessToken accessToken, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, getSecret: null)
    {
        Guard.NotNullOrEmpty(accessToken.Token, nameof(accessToken));
        Tokens = new StaticTokenSource(accessToken, options.TimeProvider);
        (_operations, _onceOperations) = MakeOperations(options.Version);
    }

    /// <summary>Creates a client for a test double to derive from.</summary>
    protected RemoteRenderingClient()
    {
    }

    private RemoteRenderingClient(
        Uri endpoint, Guid accountId, string accountDomain, RemoteRenderingClientOptions options, Func<CancellationToken, ValueTask<string>>? getSecret, string prefix = "")
    {
        AccountDomainRule.ValidateEndpoint(endpoint, nameof(endpoint));
        if (accountId == Guid.Empty)
        {
            throw new ArgumentException("The account id must not be empty.", nameof(accountId));
        }

        Guard.NotNull(options, nameof(options));
        Uri tokenService = AccountDomainRule.FindTokenService(accountDomain, endpoint);
        if (options.AuthenticationEndpoint is { } elsewhere)
        {
            AccountDomainRule.ValidateEndpoint(elsewhere, nameof(options) + "." + nameof(options.AuthenticationEndpoint));
            tokenService = elsewhere;
        }

        Endpoint = endpoint;
        AccountId = accountId;
        TimeProvider = options.TimeProvider;
        ClientId = options.ClientId ?? "client-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        ConnectionTransport = options.ConnectionTransport;
        NetworkChanges = options.NetworkChanges;
        SessionStore = options.SessionStore;
        Logger = options.LoggerFactory is { } factory ? new GuardedLoggerFactory(factory) : ClientLogging.Default;
        _handles = new SessionHandles(this);
        Devices = new DeviceIdentities(ClientId);
        _pipelines = new ClientPipelines(options);
        if (getSecret is not null)
        {
            var service = new TokenService(_pipelines.ForTokenService(), tokenService, accountId, prefix, getSecret);
            Tokens = new ExchangeTokenSource(service.ExchangeAsync, options.TimeProvider, options.SignInTimeout, Logger.CreateLogger<RemoteRenderingClient>());
            (_operations, _onceOperations) = MakeOperations(options.Version);
        }
    }

    /// <summary>Gets the address of the session service.</summary>
    public virtual Uri Endpoint { get; } = null!;

    /// <summary>Gets the account.</summary>
    public virtual Guid AccountId { get; }

    /// <summary>Gets the name of this device, by which a host tells who holds a session.</summary>
    public virtual string ClientId { get; } = string.Empty;

    internal ITokenSource Tokens { get; } = null!;

    internal INetworkChanges NetworkChanges { get; } = PlatformNetworkChanges.Instance;

    internal TimeProvider TimeProvider { get; } = TimeProvider.System;

    internal RenderingTransport? ConnectionTransport { get; }

    internal ILoggerFactory Logger { get; } = NullLoggerFactory.Instance;

    internal ILogger SessionLogger => Logger.CreateLogger<RenderingSession>();

    internal SessionHandles Handles => _handles;

    internal DeviceIdentities Devices { get; } = null!;

    internal LinkTrouble LinkTrouble => _pipelines.LinkTrouble;

    private static Func<CancellationToken, ValueTask<string>> WithKey(AzureKeyCredential keyCredential)
    {
        Guard.NotNull(keyCredential, nameof(keyCredential));
        return _ => new ValueTask<string>(keyCredential.Key);
    }

    private static Func<CancellationToken, ValueTask<string>> WithEntra(TokenCredential credential)
    {
        Guard.NotNull(credential, nameof(credential));
        return async cancellationToken =>
        {
            AccessToken token = await credential.GetTokenAsync(new TokenRequestContext([EntraScope]), cancellationToken).ConfigureAwait(false);
            return token.Token;
        };
    }

    /// <summary>Makes the operations that calls use, and those of loops, whose requests are sent once.</summary>
    private (SessionOperations Calls, SessionOperations Once) MakeOperations(RemoteRenderingClientOptions.ServiceVersion version)
    {
        ISessionProtocol protocol = version switch
        {
            RemoteRenderingClientOptions.ServiceVersion.V1 => new SessionProtocolV1(Endpoint, AccountId),
            RemoteRenderingClientOptions.ServiceVersion.V2021_01_01_Preview => new SessionProtocol2021(Endpoint, AccountId, ApiVersions.V2021Preview),
            _ => new SessionProtocol2021(Endpoint, AccountId, ApiVersions.V2021),
        };
        return (
            new SessionOperations(_pipelines.ForService(Tokens, Endpoint, isSingleTry: false), protocol, Endpoint, AccountId),
            new SessionOperations(_pipelines.ForService(Tokens, Endpoint, isSingleTry: true), protocol, Endpoint, AccountId));
    }
}
