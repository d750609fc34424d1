using RemoteRendering.Sessions.Service.Rest;
using RemoteRendering.Sessions.Service.Rest.Generations;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Time;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Service;

/// <summary>
/// Represents a session service with its token service: answers the REST requests of all generations, over a ledger of
/// sessions. Thread-safe.
/// </summary>
/// <remarks>
/// Access tokens are signed with a key of this object. They are not valid for another one, and not after a restart: clients exchange their
/// account key again.
/// </remarks>
public sealed class RenderingService
{
    private const string DefaultIssuer = "remote-rendering-service";

    /// <summary>Initializes a new instance of the <see cref="RenderingService"/> class.</summary>
    /// <param name="ledger">Stores the sessions.</param>
    /// <param name="accounts">The accounts, with different ids.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An account is null, or two accounts have the same id.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="ledger"/> or <paramref name="accounts"/> is null.</exception>
    public RenderingService(ISessionLedger ledger, IEnumerable<ServiceAccount> accounts, RenderingServiceOptions? options = null)
        : this(ledger, accounts, options ?? new RenderingServiceOptions(), DefaultIssuer, signIn: null)
    {
    }

    /// <param name="ledger">Stores the sessions.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="options">The options.</param>
    /// <param name="issuer">The issuer and the audience that the access tokens name.</param>
    /// <param name="signIn">Checks the sign-ins that are shown in place of an account key; null when they are not allowed.</param>
    internal RenderingService(
        ISessionLedger ledger, IEnumerable<ServiceAccount> accounts, RenderingServiceOptions options, string issuer, ISignInTokens? signIn)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(accounts);
        var configured = new ConfiguredAccounts(accounts);
        var clock = new ServiceClock(options.TimeProvider);
        Ledger = ledger;
        Responses = new ResponseFactory(clock, options.BodyShape);
        Tokens = new TokenIssuer(clock, issuer, options.TokenLifetime);
        Rest = new RestService(
            new TokenService(configured, Tokens, signIn, Responses),
            new SessionService2021(Responses, options.PageSize, options.AllowFullDayUpdate),
            new SessionServiceV1(Responses),
            configured,
            Tokens,
            new Throttle(clock, options.RequestsPerMinute),
            Responses);
    }

    /// <summary>Gets the ledger that stores the sessions.</summary>
    public ISessionLedger Ledger { get; }

    /// <summary>Gets or sets the clock for what a socket may take: real, whatever the clock of the service.</summary>
    internal TimeProvider SocketTime { get; set; } = TimeProvider.System;

    internal RestService Rest { get; }

    internal ResponseFactory Responses { get; }

    internal TokenIssuer Tokens { get; }

    /// <summary>Checks an access token of this service, as a host of its sessions must when a device binds.</summary>
    /// <param name="accessToken">The token; <see langword="null"/> is not valid.</param>
    /// <param name="accountId">The account that the token is for; an empty id when the token is not valid.</param>
    /// <returns><see langword="true"/> when this service issued the token and it has not expired.</returns>
    public bool TryValidateAccessToken(string? accessToken, out Guid accountId)
    {
        bool isValid = Tokens.Validate(accessToken, out TokenClaims claims) == TokenVerdict.Valid;
        accountId = isValid ? claims.AccountId : Guid.Empty;
        return isValid;
    }
}
