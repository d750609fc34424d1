using System.Globalization;
using System.Security.Cryptography;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Represents the identity of this device for a host: a public name and a secret key.</summary>
internal sealed class DeviceIdentity(string clientId, string bindingKey)
{
    private const int KeyBytes = 32;
    private const int InstanceBytes = 16;

    public string ClientId => clientId;

    /// <summary>Gets the binding key, 64 hexadecimal digits. Never logged.</summary>
    public string BindingKey => bindingKey;

    /// <summary>
    /// Gets the id of this instance of the device, 32 random hexadecimal digits. It is generated with the object and never stored: two
    /// processes that share a key have different instance ids, so a host can determine which one is older.
    /// </summary>
    public string InstanceId { get; } = RandomHexadecimal(InstanceBytes);

    public static DeviceIdentity Create(string clientId)
        => new(clientId, RandomHexadecimal(KeyBytes));

    private static string RandomHexadecimal(int length)
    {
        var bytes = new byte[length];
        using (var generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(bytes);
        }

        return string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
