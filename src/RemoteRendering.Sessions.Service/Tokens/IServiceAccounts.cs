namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>The accounts of a service, and the credentials that open them.</summary>
internal interface IServiceAccounts
{
    /// <summary>Whether an account exists.</summary>
    ValueTask<bool> ExistsAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Whether a text is a key of an account that exists. Takes the same time for a wrong key as for a right one.</summary>
    ValueTask<bool> IsKeyAsync(Guid accountId, string key, CancellationToken cancellationToken);
}
