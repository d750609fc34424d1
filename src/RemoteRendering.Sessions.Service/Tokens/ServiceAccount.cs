using System.Security.Cryptography;
using System.Text;

namespace RemoteRendering.Sessions.Service;

/// <summary>Represents an account of a <see cref="RenderingService"/>. It stores hashes of the keys, not the keys.</summary>
public sealed class ServiceAccount
{
    private readonly byte[] _primaryHash;
    private readonly byte[]? _secondaryHash;

    /// <summary>Initializes a new instance of the <see cref="ServiceAccount"/> class.</summary>
    /// <param name="id">The id of the account.</param>
    /// <param name="primaryKey">A key that the token service exchanges for access tokens; not empty.</param>
    /// <param name="secondaryKey">
    /// A second key, so that one can be replaced while the other is in use; <see langword="null"/> for none.
    /// </param>
    /// <exception cref="ArgumentException">A key is empty or consists of white space.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="primaryKey"/> is null.</exception>
    public ServiceAccount(Guid id, string primaryKey, string? secondaryKey = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        if (secondaryKey is not null)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(secondaryKey);
        }

        Id = id;
        _primaryHash = Hash(primaryKey);
        _secondaryHash = secondaryKey is null ? null : Hash(secondaryKey);
    }

    /// <summary>Gets the id of the account.</summary>
    public Guid Id { get; }

    /// <summary>Returns the id of the account.</summary>
    /// <returns>The id, without a key.</returns>
    public override string ToString() => Id.ToString("D");

    /// <summary>Whether a text is a key of the account. Takes the same time for a wrong key as for a right one.</summary>
    internal bool HasKey(string key)
    {
        byte[] hash = Hash(key);
        bool isPrimary = CryptographicOperations.FixedTimeEquals(hash, _primaryHash);
        bool isSecondary = _secondaryHash is not null && CryptographicOperations.FixedTimeEquals(hash, _secondaryHash);
        return isPrimary | isSecondary;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
