namespace RemoteRendering.Sessions.Pipeline.Tokens;

/// <summary>Where the access token for the service comes from. Thread-safe.</summary>
internal interface ITokenSource
{
    /// <summary>Gets a token that is good now, from memory where possible.</summary>
    ValueTask<ServiceToken> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gets a token in place of one that was refused. Parallel callers with the same refused token share one exchange; a caller whose refused token has been
    /// replaced meanwhile gets the replacement. A source that has only the one token gives it back.
    /// </summary>
    ValueTask<ServiceToken> ReplaceAsync(ServiceToken refused, CancellationToken cancellationToken);
}
