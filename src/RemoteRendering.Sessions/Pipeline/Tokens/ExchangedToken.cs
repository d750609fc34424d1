namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Represents an answer of the token service: a token and its lifetime.</summary>
internal readonly struct ExchangedToken(string token, TimeSpan lifetime)
{
    public string Token { get; } = token;

    public TimeSpan Lifetime { get; } = lifetime;
}
