using System.Security.Cryptography;

namespace RemoteRendering.Sessions.Host.Messages;

/// <summary>Who may bind: a client id and a secret, of which the host keeps only a hash.</summary>
internal sealed class HostDevice
{
    private readonly byte[] _keyHash;

    private HostDevice(string clientId, byte[] keyHash)
    {
        ClientId = clientId;
        _keyHash = keyHash;
    }

    public string ClientId { get; }

    public static HostDevice FromKey(string clientId, string hexadecimalKey) =>
        new(clientId, SHA256.HashData(Convert.FromHexString(hexadecimalKey)));

    /// <summary>Whether the other one is this device. Takes the same time whatever part of the key differs.</summary>
    public bool IsSame(HostDevice other) =>
        CryptographicOperations.FixedTimeEquals(_keyHash, other._keyHash)
            && string.Equals(ClientId, other.ClientId, StringComparison.Ordinal);
}
