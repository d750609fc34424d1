namespace RemoteRendering.Sessions.Emulator;

/// <summary>What a valid access token says.</summary>
internal readonly record struct TokenClaims(Guid AccountId, DateTimeOffset ExpiresOn);
