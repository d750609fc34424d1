using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Service.Tokens;

/// <summary>Makes and checks the access tokens of one emulator: JSON Web Tokens, signed (HS256) with a key that nobody else has.</summary>
internal sealed class TokenIssuer(EmulatorClock clock, TimeSpan lifetime)
{
    /// <summary>A token is good a little before its time, since clocks on two machines differ.</summary>
    private static readonly TimeSpan _allowedSkew = TimeSpan.FromMinutes(5);

    private static readonly string _header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

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
            $$"""{"iss":"{{SessionEmulator.TokenIssuerName}}","aud":"{{SessionEmulator.TokenIssuerName}}","sub":"{{accountId:D}}","jti":"{{Guid.NewGuid():N}}","iat":{{issued}},"nbf":{{Math.Min(issued, expires)}},"exp":{{expires}}}""");
        string signed = _header + "." + Encode(Encoding.UTF8.GetBytes(claims));
        return signed + "." + Encode(Sign(signed));
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

        byte[] expected = Encoding.ASCII.GetBytes(Encode(Sign(token.AsSpan(0, signatureDot))));
        byte[] shown = Encoding.UTF8.GetBytes(token[(signatureDot + 1)..]);
        if (!CryptographicOperations.FixedTimeEquals(expected, shown))
        {
            return TokenVerdict.WrongSignature;
        }

        // From here on the text is our own.
        using JsonDocument document = JsonDocument.Parse(Decode(token[(_header.Length + 1)..signatureDot]));
        JsonElement root = document.RootElement;
        DateTimeOffset expiresOn = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("exp"u8).GetInt64());
        DateTimeOffset notBefore = DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("nbf"u8).GetInt64());
        DateTimeOffset now = clock.WallNow;
        claims = new TokenClaims(root.GetProperty("sub"u8).GetGuid(), expiresOn);
        return now >= expiresOn ? TokenVerdict.Expired : now < notBefore - _allowedSkew ? TokenVerdict.NotYetValid : TokenVerdict.Valid;
    }

    /// <summary>Makes every token given out so far worthless.</summary>
    public void Revoke() => Volatile.Write(ref _key, RandomNumberGenerator.GetBytes(32));

    /// <summary>Decodes unpadded base64url, or gives null.</summary>
    public static byte[]? Decode(string text)
    {
        string padded = text.Replace('-', '+').Replace('_', '/') + new string('=', (4 - (text.Length % 4)) % 4);
        byte[] bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out int length) ? bytes[..length] : null;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private byte[] Sign(ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        byte[] bytes = new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        return HMACSHA256.HashData(Volatile.Read(ref _key), bytes);
    }
}
