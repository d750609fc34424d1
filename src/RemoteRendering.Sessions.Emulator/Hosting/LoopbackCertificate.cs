using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RemoteRendering.Sessions.Emulator.Hosting;

/// <summary>Makes the certificate that the emulator serves HTTPS with when it is given none.</summary>
internal static class LoopbackCertificate
{
    private static readonly TimeSpan _backdated = TimeSpan.FromDays(1);

    /// <summary>As long as every platform takes a server certificate.</summary>
    private static readonly TimeSpan _validity = TimeSpan.FromDays(397);

    public static X509Certificate2 Create(string accountDomain, IEnumerable<string> moreNames)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(CertificateNames.Write(accountDomain, moreNames));
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));

        // A client checks it by the machine's clock, whatever clock the emulator runs on.
        DateTimeOffset from = TimeProvider.System.GetUtcNow() - _backdated;
        using X509Certificate2 certificate = request.CreateSelfSigned(from, from + _validity);

        // TLS on Windows does not take a key that exists in memory only.
        byte[] exported = certificate.Export(X509ContentType.Pkcs12);
#if NET9_0_OR_GREATER
        return X509CertificateLoader.LoadPkcs12(exported, password: null);
#else
        return new X509Certificate2(exported);
#endif
    }
}
