namespace RemoteRendering.Sessions.Emulator.Service.Tokens;

/// <summary>The accounts of one emulator.</summary>
internal sealed class AccountRegistry
{
    private readonly Dictionary<Guid, EmulatorAccount> _accounts;

    public AccountRegistry(IEnumerable<EmulatorAccount> others)
    {
        _accounts = others.Append(new EmulatorAccount(SessionEmulator.WellKnownAccountId, SessionEmulator.WellKnownAccountKey)).ToDictionary(account => account.Id);
    }

    public IEnumerable<Guid> Ids => _accounts.Keys;

    public EmulatorAccount? Find(Guid id) => _accounts.GetValueOrDefault(id);
}
