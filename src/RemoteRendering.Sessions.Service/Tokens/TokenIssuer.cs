using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RemoteRendering.Sessions.Service.Time;

namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>
/// Makes and checks the access tokens of a service of one process: JSON Web Tokens, signed (HS256) with a key that never leaves it.
/// </summary>
internal sealed class TokenIssuer(ServiceClock clock, string issuer, TimeSpan lifetime)
{
    /// <summary>A token is good a little before its time, since clocks on two machines differ.</summary>
    private static readonly TimeSpan _allowedSkew = TimeSpan.FromMinutes(5);

    private static readonly string _header = Base64Url.Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    private byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Makes a token for an account.</summary>
    /// <param name="accountId">Whom it is for.</param>
    /// <param name="validFor">How long it is good; the configured lifetime when null. Negative makes one that has expired.</param>
    public string Issue(Guid accountId, TimeSpan? validFor = null)
    {
        DateTimeOffset now = clock.WallNow;
        long issued = now.ToUnixTimeSeconds();
        TimeSpan span = validFor ?? lifetime;
        long expires = (span < DateTimeOffset.MaxValue - now ? now + span : DateTimeOffset.MaxValue).ToUnixTimeSeconds();
        string claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iss":"{{issuer}}","aud":"{{issuer}}","sub":"{{accountId:D}}","jti":"{{Guid.NewGuid():N}}","iat":{{issued}},"nbf":"""
                + $$"""{{Math.Min(issued, expires)}},"exp":{{expires}}}""");
        string signed = _header + "." + Base64Url.Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Base64Url.Encode(Sign(signed));
    }

    /// <summary>Checks a token as the service and a host do.</summary>
    public TokenVerdict Validate(string? token, out TokenClaims claims)
    {
        claims = default;
        if (string.IsNullOrEmpty(token))
        {
            return TokenVerdict.Missing;
        }

        int signatureDot = token.LastIndexOf('.');
        if (signatureDot <= _header.Length || !token.StartsWith(_header, StringComparison.Ordinal) || token[_header.Length] != '.')
        {
            return TokenVerdict.Malformed;
        }

        byte[] expected = Encoding.ASCII.GetBytes(Base64Url.Encode(Sign(token.AsSpan(0, signatureDot))));
        byte[] shown = Encoding.UTF8.GetBytes(token[(signatureDot + 1)..]);
        if (!CryptographicOperations.FixedTimeEquals(expected, shown))
        {
            return TokenVerdict.WrongSignature;
        }

        // From here on the text is our own.
        using JsonDocument document = JsonDocument.Parse(Base64Url.Decode(token[(_header.Length + 1)..signatureDot]));
        JsonElement root = document.RootElement;
        DateTimeOffset expiresOn = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp"u8).GetInt64());
        DateTimeOffset notBefore = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("nbf"u8).GetInt64());
        DateTimeOffset now = clock.WallNow;
        claims = new TokenClaims(root.GetProperty("sub"u8).GetGuid(), expiresOn);
        return now >= expiresOn ? TokenVerdict.Expired : now < notBefore - _allowedSkew ? TokenVerdict.NotYetValid : TokenVerdict.Valid;
    }

    /// <summary>Makes every token given out so far worthless.</summary>
    public void Revoke() => Volatile.Write(ref _key, RandomNumberGenerator.GetBytes(32));

    private byte[] Sign(ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte[] bytes = new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        return HMACSHA256.HashData(Volatile.Read(ref _key), bytes);
    }
}
