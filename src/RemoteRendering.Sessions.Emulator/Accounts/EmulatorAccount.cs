namespace RemoteRendering.Sessions.Emulator;

/// <summary>An account that the emulator knows.</summary>
public sealed class EmulatorAccount
{
    /// <summary>Creates an account.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="primaryKey">The key that gets tokens for it; not empty.</param>
    /// <param name="secondaryKey">
    /// A second key, equally good, so that keys can be changed without a gap; <see langword="null"/> for none.
    /// </param>
    /// <exception cref="ArgumentException">A key is empty.</exception>
    public EmulatorAccount(Guid id, string primaryKey, string? secondaryKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        if (secondaryKey is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(secondaryKey);
        }

        Id = id;
        PrimaryKey = primaryKey;
        SecondaryKey = secondaryKey;
    }

    /// <summary>Gets the account's id.</summary>
    public Guid Id { get; }

    /// <summary>Gets the first key.</summary>
    public string PrimaryKey { get; }

    /// <summary>Gets the second key, <see langword="null"/> when there is none.</summary>
    public string? SecondaryKey { get; }

    /// <summary>Shows the id, never a key.</summary>
    /// <returns>The account's id.</returns>
    public override string ToString() => Id.ToString("D");
}
