namespace RemoteRendering.Sessions.Service.Tokens;

/// <summary>The accounts that a service is constructed with.</summary>
internal sealed class ConfiguredAccounts : IServiceAccounts
{
    private readonly Dictionary<Guid, ServiceAccount> _accounts = [];

    /// <exception cref="ArgumentException">An account is null, or two have one id.</exception>
    public ConfiguredAccounts(IEnumerable<ServiceAccount> accounts)
    {
        foreach (ServiceAccount account in accounts)
        {
            if (account is null)
            {
                throw new ArgumentException("An account is null.", nameof(accounts));
            }

            if (!_accounts.TryAdd(account.Id, account))
            {
                throw new ArgumentException($"Two accounts have the id {account.Id:D}.", nameof(accounts));
            }
        }
    }

    public ValueTask<bool> ExistsAsync(Guid accountId, CancellationToken cancellationToken) => new(_accounts.ContainsKey(accountId));

    public ValueTask<bool> IsKeyAsync(Guid accountId, string key, CancellationToken cancellationToken)
        => new(_accounts.TryGetValue(accountId, out ServiceAccount? account) && account.HasKey(key));
}
