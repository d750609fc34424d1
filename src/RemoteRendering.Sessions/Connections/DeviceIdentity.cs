using System.Globalization;
using System.Security.Cryptography;

namespace RemoteRendering.Sessions;

/// <summary>Who this device is to a host: a name that is no secret, and a key that is.</summary>
internal sealed class DeviceIdentity(string clientId, string bindingKey)
{
    private const int KeyBytes = 32;

    public string ClientId => clientId;

    /// <summary>Gets the binding key, 64 hexadecimal digits. Never logged.</summary>
    public string BindingKey => bindingKey;

    public static DeviceIdentity Create(string clientId)
    {
        var key = new byte[KeyBytes];
        using (var generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(key);
        }

        return new DeviceIdentity(clientId, string.Concat(key.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))));
    }
}
