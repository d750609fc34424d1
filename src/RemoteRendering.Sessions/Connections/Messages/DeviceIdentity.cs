using System.Globalization;
using System.Security.Cryptography;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Who this device is to a host: a name that is no secret, and a key that is.</summary>
internal sealed class DeviceIdentity(string clientId, string bindingKey)
{
    private const int KeyBytes = 32;
    private const int InstanceBytes = 16;

    public string ClientId => clientId;

    /// <summary>Gets the binding key, 64 hexadecimal digits. Never logged.</summary>
    public string BindingKey => bindingKey;

    /// <summary>
    /// Gets the id of this instance of the device, 32 random hexadecimal digits. It is made with the object and never stored: two processes that share a key
    /// have two, so a host can tell which of them is the older one.
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
