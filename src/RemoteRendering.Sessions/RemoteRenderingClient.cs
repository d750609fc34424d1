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

namespace RemoteRendering.Sessions;

/// <summary>
/// Creates, opens, watches, extends and stops the remote-rendering sessions of one account. Immutable and thread-safe: create one client
/// and reuse it.
/// </summary>
public partial class RemoteRenderingClient
{
    private const string EntraScope = "https://sts.mixedreality.azure.com//.default";

    private readonly ClientPipelines _pipelines = null!;
    private readonly SessionOperations _operations = null!;
    private readonly SessionOperations _onceOperations = null!;
    private readonly SessionHandles _handles = null!;

    /// <summary>Creates a client that signs in with an account key.</summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="keyCredential">The account key. It is read at every token exchange, so it can be rotated.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    /// <example>
    /// <code>
    /// var client = new RemoteRenderingClient(
    ///     new Uri("https://remoterendering.eastus.mixedreality.azure.com"),
    ///     accountId,
    ///     "eastus.mixedreality.azure.com",
    ///     new AzureKeyCredential(accountKey));
    /// </code>
    /// </example>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AzureKeyCredential keyCredential)
        : this(endpoint, accountId, accountDomain, keyCredential, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>Creates a client that signs in with an account key.</summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="keyCredential">The account key. It is read at every token exchange, so it can be rotated.</param>
    /// <param name="options">The options of the client.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    public RemoteRenderingClient(
        Uri endpoint, Guid accountId, string accountDomain, AzureKeyCredential keyCredential, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, WithKey(keyCredential), accountId.ToString("D") + ":")
    {
    }

    /// <summary>Creates a client that signs in with Microsoft Entra ID.</summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="credential">The source of Entra tokens. Each is exchanged for an access token at the token service.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, TokenCredential credential)
        : this(endpoint, accountId, accountDomain, credential, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>Creates a client that signs in with Microsoft Entra ID.</summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="credential">The source of Entra tokens. Each is exchanged for an access token at the token service.</param>
    /// <param name="options">The options of the client.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    public RemoteRenderingClient(
        Uri endpoint, Guid accountId, string accountDomain, TokenCredential credential, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, WithEntra(credential))
    {
    }

    /// <summary>
    /// Creates a client with an existing access token of the token service, for example one that a server got with
    /// <see cref="GetAccessTokenAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="accessToken">
    /// The access token. It cannot be renewed: after its expiry, calls fail with <see cref="RemoteRenderingErrorCode.AccessTokenExpired"/>
    /// before a request is sent.
    /// </param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    public RemoteRenderingClient(Uri endpoint, Guid accountId, string accountDomain, AccessToken accessToken)
        : this(endpoint, accountId, accountDomain, accessToken, new RemoteRenderingClientOptions())
    {
    }

    /// <summary>
    /// Creates a client with an existing access token of the token service, for example one that a server got with
    /// <see cref="GetAccessTokenAsync(CancellationToken)"/>.
    /// </summary>
    /// <param name="endpoint">
    /// The address of the session service, for example <c>https://remoterendering.eastus.mixedreality.azure.com</c>. http is allowed on
    /// this machine only.
    /// </param>
    /// <param name="accountId">The id of the account.</param>
    /// <param name="accountDomain">
    /// The domain of the account, for example <c>eastus.mixedreality.azure.com</c>; <c>localhost</c> for an emulator.
    /// </param>
    /// <param name="accessToken">
    /// The access token. It cannot be renewed: after its expiry, calls fail with <see cref="RemoteRenderingErrorCode.AccessTokenExpired"/>
    /// before a request is sent.
    /// </param>
    /// <param name="options">The options of the client.</param>
    /// <exception cref="ArgumentException">An argument is null, empty or invalid; the message shows a valid example.</exception>
    public RemoteRenderingClient(
        Uri endpoint, Guid accountId, string accountDomain, AccessToken accessToken, RemoteRenderingClientOptions options)
        : this(endpoint, accountId, accountDomain, options, getSecret: null)
    {
        Guard.NotNullOrEmpty(accessToken.Token, nameof(accessToken));
        Tokens = new StaticTokenSource(accessToken, options.TimeProvider);
        (_operations, _onceOperations) = MakeOperations(options.Version);
    }

    /// <summary>Creates a client, for test doubles that derive from this class.</summary>
    protected RemoteRenderingClient()
    {
    }

    private RemoteRenderingClient(
        Uri endpoint, Guid accountId, string accountDomain, RemoteRenderingClientOptions options,
        Func<CancellationToken, ValueTask<string>>? getSecret, string prefix = "")
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
        PipelineTimeProvider = options.PipelineTimeProvider;
        ClientId = options.ClientId ?? "client-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        ConnectionTransport = options.ConnectionTransport;
        NetworkChanges = options.NetworkChanges;
        SessionStore = options.SessionStore;
        Logger = options.LoggerFactory is { } factory ? new GuardedLoggerFactory(factory) : ClientLogging.Default;
        _handles = new SessionHandles(this);
        Creates = new RecentCreates(options.TimeProvider);
        Devices = new DeviceIdentities(ClientId);
        _pipelines = new ClientPipelines(options);
        if (getSecret is not null)
        {
            var service = new TokenService(_pipelines.ForTokenService(), tokenService, accountId, prefix, getSecret);
            Tokens = new ExchangeTokenSource(
                service.ExchangeAsync, options.TimeProvider, options.SignInTimeout, Logger.CreateLogger<RemoteRenderingClient>());
            (_operations, _onceOperations) = MakeOperations(options.Version);
        }
    }

    /// <summary>Gets the address of the session service.</summary>
    public virtual Uri Endpoint { get; } = null!;

    /// <summary>Gets the id of the account.</summary>
    public virtual Guid AccountId { get; }

    /// <summary>Gets the name of this device, by which a host identifies the device that holds a session.</summary>
    public virtual string ClientId { get; } = string.Empty;

    internal ITokenSource Tokens { get; } = null!;

    internal INetworkChanges NetworkChanges { get; } = PlatformNetworkChanges.Instance;

    internal TimeProvider TimeProvider { get; } = TimeProvider.System;

    internal TimeProvider PipelineTimeProvider { get; } = TimeProvider.System;

    internal RenderingTransport? ConnectionTransport { get; }

    internal ILoggerFactory Logger { get; } = NullLoggerFactory.Instance;

    internal ILogger SessionLogger => Logger.CreateLogger<RenderingSession>();

    internal SessionHandles Handles => _handles;

    /// <summary>Gets the sessions that this client has just created, of which a 404 proves nothing.</summary>
    internal RecentCreates Creates { get; } = null!;

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
            AccessToken token =
                await credential.GetTokenAsync(new TokenRequestContext([EntraScope]), cancellationToken).ConfigureAwait(false);
            return token.Token;
        };
    }

    /// <summary>Creates the operations for calls, and those for loops, whose requests are sent once.</summary>
    private (SessionOperations Calls, SessionOperations Once) MakeOperations(RemoteRenderingClientOptions.ServiceVersion version)
    {
        ISessionProtocol protocol = version switch
        {
            RemoteRenderingClientOptions.ServiceVersion.V1 => new SessionProtocolV1(Endpoint, AccountId),
            RemoteRenderingClientOptions.ServiceVersion.V2021_01_01_Preview =>
                new SessionProtocol2021(Endpoint, AccountId, ApiVersions.V2021Preview),
            _ => new SessionProtocol2021(Endpoint, AccountId, ApiVersions.V2021),
        };
        return (
            new SessionOperations(_pipelines.ForService(Tokens, Endpoint, isSingleTry: false), protocol, Endpoint, AccountId, Creates),
            new SessionOperations(_pipelines.ForService(Tokens, Endpoint, isSingleTry: true), protocol, Endpoint, AccountId, Creates));
    }
}
