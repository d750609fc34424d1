using System.Text.Json;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.Accounts;

/// <summary>Accepts every JSON Web Token that has not expired, for every account: the emulator cannot check who signed it.</summary>
internal sealed class UnverifiedSignIn(TimeProvider timeProvider) : ISignInTokens
{
    public ValueTask<string?> RefusalAsync(Guid accountId, string token, CancellationToken cancellationToken) => new(Refusal(token));

    private string? Refusal(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3 || JsonWebTokenPart.Read(parts[0]) is not { } header || JsonWebTokenPart.Read(parts[1]) is not { } claims)
        {
            return "The bearer is neither 'account id:account key' nor a JSON Web Token.";
        }

        using (header)
        using (claims)
        {
            return claims.RootElement.TryGetProperty("exp", out JsonElement exp) && exp.ValueKind == JsonValueKind.Number
                && exp.TryGetDouble(out double seconds)
                ? seconds > timeProvider.GetUtcNow().ToUnixTimeSeconds() ? null : "The sign-in token has expired."
                : "The sign-in token has no expiry.";
        }
    }
}
