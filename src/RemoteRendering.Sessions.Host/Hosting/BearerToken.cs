namespace RemoteRendering.Sessions.Host.Hosting;

/// <summary>Reads the access token of a request.</summary>
internal static class BearerToken
{
    /// <summary>The value of WWW-Authenticate for a token that is refused.</summary>
    public const string Invalid = "Bearer error=\"invalid_token\"";

    private const string Scheme = "Bearer ";

    /// <summary>Gets the token in an Authorization header; null when there is none.</summary>
    public static string? Read(string? authorization)
        => authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.Length > Scheme.Length
            ? authorization[Scheme.Length..].Trim()
            : null;
}
