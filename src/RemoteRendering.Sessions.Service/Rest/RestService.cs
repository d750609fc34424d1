using RemoteRendering.Sessions.Protocol.Http;
using RemoteRendering.Sessions.Service.Rest.Generations;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Service.Rest;

/// <summary>The whole service: an answer for every request, from the ledger and the clock alone.</summary>
internal sealed class RestService(
    TokenService tokenService, SessionService2021 current, SessionServiceV1 legacy, IServiceAccounts accounts, TokenIssuer tokens,
    Throttle throttle, ResponseFactory responses)
{
    /// <summary>Answers a request.</summary>
    /// <param name="match">What the request is for.</param>
    /// <param name="request">The request.</param>
    /// <param name="ledger">The sessions that it is about.</param>
    /// <param name="cancellationToken">Cancels the request; a change that was made stays.</param>
    public async ValueTask<ServiceResponse> HandleAsync(
        RouteMatch match, ServiceRequest request, ISessionLedger ledger, CancellationToken cancellationToken)
    {
        if (match.Route is not { } route)
        {
            return match.Allow is null
                ? responses.NotFound(ServiceGeneration.V2021, "Nothing is at this address.")
                : responses.Refuse(
                    ServiceGeneration.V2021, 405, $"This address takes {match.Allow}, not {request.Method}.").With("Allow", match.Allow);
        }

        string? bearer = BearerToken.Read(request.Authorization);
        if (route.Generation == ServiceGeneration.TokenService)
        {
            return await tokenService.HandleAsync(match, bearer, cancellationToken).ConfigureAwait(false);
        }

        TokenVerdict verdict = tokens.Validate(bearer, out TokenClaims claims);
        if (verdict != TokenVerdict.Valid)
        {
            return responses.Refuse(route.Generation, 401, Explain(verdict)).With("WWW-Authenticate", BearerToken.Invalid);
        }

        if (claims.AccountId != match.AccountId)
        {
            return responses.Refuse(route.Generation, 403, $"The token is for account {claims.AccountId:D}, not for {match.AccountId:D}.");
        }

        if (!await accounts.ExistsAsync(match.AccountId, cancellationToken).ConfigureAwait(false))
        {
            return responses.Refuse(route.Generation, 403, $"There is no account {match.AccountId:D}.");
        }

        if (throttle.Count(match.AccountId) is { } wait)
        {
            return responses.TooManyRequests(route.Generation, wait, "The account has sent too many requests in this minute.");
        }

        try
        {
            return await Generation(route).HandleAsync(match, request, ledger, cancellationToken).ConfigureAwait(false);
        }
        catch (BodyRefusedException exception)
        {
            return responses.BadRequest(route.Generation, exception.Message);
        }
    }

    /// <summary>Refuses a request whose body did not come in time.</summary>
    public ServiceResponse RefuseSlowBody(RouteMatch match)
        => responses.Refuse(match.Route?.Generation ?? ServiceGeneration.V2021, 408, "The body did not come in time.");

    private static string Explain(TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Missing => "There is no Authorization header with a bearer.",
        TokenVerdict.Malformed =>
            "The bearer is not an access token of this service; exchange the account key or sign-in at the token service first.",
        TokenVerdict.WrongSignature => "The access token is not one of this service, or was revoked.",
        TokenVerdict.NotYetValid => "The access token is not valid yet.",
        TokenVerdict.Expired => "The access token has expired.",
        _ => throw new InvalidOperationException($"The verdict {verdict} is no refusal."),
    };

    private ISessionService Generation(Route route) => route.Generation switch
    {
        ServiceGeneration.V1 => legacy,
        ServiceGeneration.V2021 => current,
        _ => throw new InvalidOperationException($"The generation {route.Generation} has no session service."),
    };
}
