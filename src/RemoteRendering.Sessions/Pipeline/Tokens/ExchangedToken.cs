namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>What the token service answered: a token, and how long it lives.</summary>
internal readonly struct ExchangedToken(string token, TimeSpan lifetime)
{
    public string Token { get; } = token;

    public TimeSpan Lifetime { get; } = lifetime;
}
