using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>The names that the emulator's own certificate is good for.</summary>
internal static class CertificateNames
{
    /// <summary>Whether something can be a name in a certificate: a host name, with or without <c>*.</c> in front, or an address.</summary>
    public static bool IsValid(string? name)
        => name is not null
            && Uri.CheckHostName(
                name.StartsWith("*.", StringComparison.Ordinal)
                    ? name[2..]
                    : name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    /// <summary>Writes the names of this machine, those that clients derive from an account domain, and more.</summary>
    public static X509Extension Write(string accountDomain, IEnumerable<string> more)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (string name in Of(accountDomain).Concat(more).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }

        return names.Build();
    }

    /// <summary>
    /// This machine, and what clients make of an account domain. Not every client takes a wildcard, and none takes one above a single
    /// label.
    /// </summary>
    private static IEnumerable<string> Of(string domain) =>
    [
        "localhost", "sts.localhost", "remoterendering.localhost", IPAddress.Loopback.ToString(), IPAddress.IPv6Loopback.ToString(),
        domain, "sts." + domain, "remoterendering." + domain,
        .. domain.Contains('.', StringComparison.Ordinal) ? ["*." + domain] : Array.Empty<string>(),
    ];
}
