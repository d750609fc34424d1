namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Represents an access token for the service, with its header value.</summary>
internal sealed class ServiceToken(string token, DateTimeOffset refreshOn, DateTimeOffset expiresOn)
{
    public string Token { get; } = token;

    public string AuthorizationHeader { get; } = "Bearer " + token;

    /// <summary>Gets the moment, on the local wall clock, from which a new token is fetched in the background.</summary>
    public DateTimeOffset RefreshOn { get; } = refreshOn;

    /// <summary>Gets the moment, on the local wall clock, from which the token is no longer used.</summary>
    public DateTimeOffset ExpiresOn { get; } = expiresOn;
}
