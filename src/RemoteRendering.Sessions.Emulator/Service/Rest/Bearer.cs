namespace RemoteRendering.Sessions.Emulator.Service.Rest;

/// <summary>Reads the Authorization header.</summary>
internal static class Bearer
{
    /// <summary>What a service says in WWW-Authenticate when it does not take a token.</summary>
    public const string InvalidToken = "Bearer error=\"invalid_token\"";

    private const string Scheme = "Bearer ";

    /// <summary>The bearer's value; null when there is none.</summary>
    public static string? Read(string? authorization)
        => authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.Length > Scheme.Length
            ? authorization[Scheme.Length..].Trim()
            : null;
}
