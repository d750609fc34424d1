namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>What a valid access token says.</summary>
internal readonly record struct TokenClaims(Guid AccountId, DateTimeOffset ExpiresOn);
