using System.Net;
using System.Net.Sockets;

namespace RemoteRendering.Sessions.Host.Scene.Fetching;

/// <summary>Tells addresses of this machine and its neighbourhood from those of the internet.</summary>
internal static class PrivateAddresses
{
    private static readonly IPNetwork[] _networks = Array.ConvertAll(
        (string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "224.0.0.0/3",
            "::/128", "::1/128", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ],
        IPNetwork.Parse);

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return Contains(address.MapToIPv4());
        }

        return Array.Exists(_networks, network => network.Contains(address)) || (Embedded(address) is { } inner && Contains(inner));
    }

    /// <summary>The IPv4 address that a translated IPv6 address (NAT64, 6to4, IPv4-compatible) stands for; null for others.</summary>
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])
            || bytes[..12].IndexOfAnyExcept((byte)0) < 0)
        {
            return new IPAddress(bytes[12..]);
        }

        return bytes[0] == 0x20 && bytes[1] == 0x02 ? new IPAddress(bytes.Slice(2, 4)) : null;
    }
}
