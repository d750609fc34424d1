using RemoteRendering.Sessions.Emulator.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The whole service: an answer for every request, at once, from the state and the clock alone.</summary>
internal sealed class EmulatedService(
    TokenService tokenService, SessionService2021 current, SessionServiceV1 legacy, AccountRegistry accounts, TokenIssuer tokens, Throttle throttle, ResponseFactory responses)
{
    public EmulatedResponse Handle(RouteMatch match, EmulatedRequest request)
    {
        if (match.Route is not { } route)
        {
            return match.Allow is null
                ? responses.NotFound(ServiceGeneration.V2021, "Nothing is at this address.")
                : responses.Refuse(ServiceGeneration.V2021, 405, $"This address takes {match.Allow}, not {request.Method}.").With("Allow", match.Allow);
        }

        string? bearer = Bearer.Read(request.Authorization);
        if (route.Generation == ServiceGeneration.TokenService)
        {
            return tokenService.Handle(match, bearer);
        }

        TokenVerdict verdict = tokens.Validate(bearer, out TokenClaims claims);
        if (verdict != TokenVerdict.Valid)
        {
            return responses.Refuse(route.Generation, 401, Explain(verdict)).With("WWW-Authenticate", Bearer.InvalidToken);
        }

        if (claims.AccountId != match.AccountId)
        {
            return responses.Refuse(route.Generation, 403, $"The token is for account {claims.AccountId:D}, not for {match.AccountId:D}.");
        }

        if (accounts.Find(match.AccountId) is null)
        {
            return responses.Refuse(route.Generation, 403, $"There is no account {match.AccountId:D}.");
        }

        if (throttle.Count(match.AccountId) is { } wait)
        {
            return responses.TooManyRequests(route.Generation, wait, "The account has sent too many requests in this minute.");
        }

        try
        {
            return route.Generation == ServiceGeneration.V1 ? legacy.Handle(match, request) : current.Handle(match, request);
        }
        catch (BodyRefusedException exception)
        {
            return responses.BadRequest(route.Generation, exception.Message);
        }
    }

    private static string Explain(TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Missing => "There is no Authorization header with a bearer.",
        TokenVerdict.Malformed => "The bearer is not an access token of this service; exchange the account key or sign-in at the token service first.",
        TokenVerdict.WrongSignature => "The access token is not one of this emulator, or was revoked.",
        TokenVerdict.NotYetValid => "The access token is not valid yet.",
        _ => "The access token has expired.",
    };
}
