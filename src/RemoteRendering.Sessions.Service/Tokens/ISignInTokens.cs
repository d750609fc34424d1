namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>Checks the tokens of an identity provider that are shown in place of an account key.</summary>
internal interface ISignInTokens
{
    /// <summary>Checks a token.</summary>
    /// <returns>Why the token does not open the account; null when it does.</returns>
    ValueTask<string?> RefusalAsync(Guid accountId, string token, CancellationToken cancellationToken);
}
