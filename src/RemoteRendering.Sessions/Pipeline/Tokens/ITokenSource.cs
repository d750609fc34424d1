namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>The source of access tokens for the service. Thread-safe.</summary>
internal interface ITokenSource
{
    /// <summary>Gets a valid token, from the cache if possible.</summary>
    ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gets a token in place of one that was refused. Parallel callers with the same refused token share one exchange; a caller whose
    /// refused token has been replaced meanwhile gets the replacement. A source with only one token returns the same token.
    /// </summary>
    ValueTask<ServiceToken> ReplaceAsync(ServiceToken refused, CancellationToken cancellationToken);
}
