using System.Security.Cryptography.X509Certificates;
using Azure;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Contract;

/// <summary>
/// Somewhere that a service is: in this process, on loopback in the clear or with TLS, in an application of ASP.NET Core, or wherever the
/// environment says.
/// </summary>
internal sealed class ServicePlace : IAsyncDisposable
{
    private readonly SessionEmulator? _emulator;
    private readonly HttpClient? _tls;
    private readonly MappedService? _mapped;
    private readonly string _name;

    private ServicePlace(string name, SessionEmulator? emulator, HttpClient? tls, MappedService? mapped = null)
    {
        _name = name;
        _emulator = emulator;
        _tls = tls;
        _mapped = mapped;
    }

    /// <summary>
    /// The address of a service outside, for which RRS_CONTRACT_ACCOUNT_ID, _ACCOUNT_DOMAIN and _ACCOUNT_KEY are set too.
    /// </summary>
    public static string? Outside => Environment.GetEnvironmentVariable("RRS_CONTRACT_ENDPOINT");

    public static async Task<ServicePlace> StartAsync(string name)
    {
        if (name == "outside")
        {
            return new ServicePlace(name, null, null);
        }

        if (name == "mapped")
        {
            return new ServicePlace(name, null, null, await MappedService.StartAsync());
        }

        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            options.PageSize = 2;
            options.HttpPort = name == "http" ? 0 : null;
            options.HttpsPort = name == "https" ? 0 : null;
        });
        return new ServicePlace(name, emulator, name == "https" ? new HttpClient(TrustingOnly(emulator.Certificate!)) : null);
    }

    public RemoteRenderingClient Client(RemoteRenderingClientOptions.ServiceVersion version)
    {
        var options = new RemoteRenderingClientOptions(version);
        if (_name == "in-process")
        {
            return _emulator!.CreateClient(options);
        }

        if (_mapped is not null)
        {
            return _mapped.Client(options);
        }

        if (_tls is not null)
        {
            options.Transport = new HttpClientTransport(_tls);
        }

        return _emulator is not null
            ? new RemoteRenderingClient(
                _emulator.Endpoint, _emulator.AccountId, _emulator.AccountDomain, new AzureKeyCredential(_emulator.AccountKey), options)
            : new RemoteRenderingClient(
                new Uri(Outside!), Guid.Parse(Variable("ACCOUNT_ID")), Variable("ACCOUNT_DOMAIN"),
                new AzureKeyCredential(Variable("ACCOUNT_KEY")), options);
    }

    public async ValueTask DisposeAsync()
    {
        _tls?.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        if (_mapped is not null)
        {
            await _mapped.DisposeAsync();
        }
    }

    private static string Variable(string name)
        => Environment.GetEnvironmentVariable("RRS_CONTRACT_" + name)
            ?? throw new InvalidOperationException($"RRS_CONTRACT_{name} is not set.");

    private static HttpClientHandler TrustingOnly(X509Certificate2 certificate) => new()
    {
        ServerCertificateCustomValidationCallback = (_, presented, _, _) => presented?.Thumbprint == certificate.Thumbprint,
    };
}
