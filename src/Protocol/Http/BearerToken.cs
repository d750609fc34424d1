namespace RemoteRendering.Sessions.Protocol.Http;

/// <summary>Reads the access token of a request.</summary>
internal static class BearerToken
{
    /// <summary>The value of <c>WWW-Authenticate</c> when a token is refused.</summary>
    public const string Invalid = "Bearer error=\"invalid_token\"";

    private const string Scheme = "Bearer ";

    /// <summary>Returns the token in an <c>Authorization</c> header; null when there is none.</summary>
    public static string? Read(string? authorization)
        => authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && authorization.Length > Scheme.Length
            ? authorization[Scheme.Length..].Trim()
            : null;
}
