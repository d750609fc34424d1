using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>The token service: an access token for an account key, or for a sign-in.</summary>
internal sealed class TokenService(AccountRegistry accounts, TokenIssuer tokens, ResponseFactory responses, EmulatorClock clock, bool allowEntraTokens)
{
    private const string ApiVersion = "2019-02-28-preview";

    public EmulatedResponse Handle(RouteMatch match, string? bearer)
    {
        if (QueryText.Value(match.Query, "api-version") is { } version && version != ApiVersion)
        {
            return responses.Refuse(ServiceGeneration.TokenService, 400, $"The token service has no api-version '{version}', only {ApiVersion} (or none).")
                .With("WWW-Authenticate", "Bearer error=\"invalid_request\"");
        }

        string? refusal = Refusal(match.AccountId, bearer);
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

    private string? Refusal(Guid accountId, string? bearer)
    {
        if (bearer is null)
        {
            return "There is no Authorization header with a bearer.";
        }

        if (accounts.Find(accountId) is not { } account)
        {
            return $"There is no account {accountId:D}.";
        }

        int colon = bearer.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return allowEntraTokens ? EntraRefusal(bearer) : "The bearer is not 'account id:account key', and sign-in tokens are not allowed here.";
        }

        if (!Guid.TryParse(bearer.AsSpan(0, colon), out Guid named) || named != accountId)
        {
            return "The account id in the bearer is not the one in the path.";
        }

        string key = bearer[(colon + 1)..];
        bool primary = IsSame(key, account.PrimaryKey);
        bool secondary = account.SecondaryKey is not null && IsSame(key, account.SecondaryKey);
        return primary | secondary ? null : "The account key is wrong.";
    }

    private static bool IsSame(string shown, string expected)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private string? EntraRefusal(string bearer)
    {
        string[] parts = bearer.Split('.');
        if (parts.Length != 3 || ReadObject(parts[0]) is not { } header || ReadObject(parts[1]) is not { } claims)
        {
            return "The bearer is neither 'account id:account key' nor a JSON Web Token.";
        }

        using (header)
        using (claims)
        {
            return claims.RootElement.TryGetProperty("exp", out JsonElement exp) && exp.ValueKind == JsonValueKind.Number && exp.TryGetDouble(out double seconds)
                ? seconds > clock.WallNow.ToUnixTimeSeconds() ? null : "The sign-in token has expired."
                : "The sign-in token has no expiry.";
        }
    }

    private static JsonDocument? ReadObject(string part)
    {
        if (TokenIssuer.Decode(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            return JsonObjectText.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
