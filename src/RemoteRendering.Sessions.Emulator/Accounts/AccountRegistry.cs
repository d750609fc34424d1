using System.Security.Cryptography;
using System.Text;
using RemoteRendering.Sessions.Service.Tokens;

namespace RemoteRendering.Sessions.Emulator.Accounts;

/// <summary>The accounts of one emulator.</summary>
internal sealed class AccountRegistry(IEnumerable<EmulatorAccount> accounts) : IServiceAccounts
{
    private readonly Dictionary<Guid, EmulatorAccount> _accounts = accounts.ToDictionary(account => account.Id);

    public ValueTask<bool> ExistsAsync(Guid accountId, CancellationToken cancellationToken) => new(_accounts.ContainsKey(accountId));

    public ValueTask<bool> IsKeyAsync(Guid accountId, string key, CancellationToken cancellationToken)
    {
        if (!_accounts.TryGetValue(accountId, out EmulatorAccount? account))
        {
            return new(false);
        }

        bool primary = IsSame(key, account.PrimaryKey);
        bool secondary = account.SecondaryKey is not null && IsSame(key, account.SecondaryKey);
        return new(primary | secondary);
    }

    private static bool IsSame(string shown, string expected)
        => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
