using RemoteRendering.Sessions.Protocol.Service;
using RemoteRendering.Sessions.Service.Rest.Messages;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Service.Rest.Generations;

/// <summary>The token service: an access token for an account key, or for a sign-in.</summary>
/// <param name="accounts">The accounts and their keys.</param>
/// <param name="tokens">Issues the access tokens.</param>
/// <param name="signIn">Checks sign-ins; null when they are not allowed.</param>
/// <param name="responses">Makes the answers.</param>
internal sealed class TokenService(IServiceAccounts accounts, TokenIssuer tokens, ISignInTokens? signIn, ResponseFactory responses)
{
    public async ValueTask<ServiceResponse> HandleAsync(RouteMatch match, string? bearer, CancellationToken cancellationToken)
    {
        if (QueryText.Value(match.Query, ApiVersions.Parameter) is { } version && version != ApiVersions.TokenService)
        {
            return responses.Refuse(
                ServiceGeneration.TokenService, 400,
                $"The token service has no api-version '{version}', only {ApiVersions.TokenService} (or none).")
                .With("WWW-Authenticate", "Bearer error=\"invalid_request\"");
        }

        string? refusal = await RefusalAsync(match.AccountId, bearer, cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            // Without WWW-Authenticate, as recorded; the specification has one.
            return responses.Refuse(ServiceGeneration.TokenService, 401, refusal);
        }

        string token = tokens.Issue(match.AccountId);
        ReadOnlyMemory<byte> body = ServiceJson.Write(token, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("AccessToken"u8, value);
            json.WriteEndObject();
        });
        return ResponseFactory.Uncached(responses.Success(ServiceGeneration.TokenService, 200, body));
    }

    private async ValueTask<string?> RefusalAsync(Guid accountId, string? bearer, CancellationToken cancellationToken)
    {
        if (bearer is null)
        {
            return "There is no Authorization header with a bearer.";
        }

        if (!await accounts.ExistsAsync(accountId, cancellationToken).ConfigureAwait(false))
        {
            return $"There is no account {accountId:D}.";
        }

        int colon = bearer.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return signIn is not null
                ? await signIn.RefusalAsync(accountId, bearer, cancellationToken).ConfigureAwait(false)
                : "The bearer is not 'account id:account key', and sign-in tokens are not allowed here.";
        }

        if (!Guid.TryParse(bearer.AsSpan(0, colon), out Guid named) || named != accountId)
        {
            return "The account id in the bearer is not the one in the path.";
        }

        return await accounts.IsKeyAsync(accountId, bearer[(colon + 1)..], cancellationToken).ConfigureAwait(false)
            ? null
            : "The account key is wrong.";
    }
}
