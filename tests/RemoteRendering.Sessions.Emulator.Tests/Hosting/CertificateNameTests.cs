using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;

namespace RemoteRendering.Sessions.Emulator.Tests.Hosting;

/// <summary>Clients that know a domain only sign in at <c>sts.</c> and create at <c>remoterendering.</c> in front of it.</summary>
public sealed class CertificateNameTests
{
    [Theory]
    [InlineData(null, "localhost", true)]
    [InlineData(null, "sts.localhost", true)]
    [InlineData(null, "remoterendering.localhost", true)]
    [InlineData(null, "127.0.0.1", true)]
    [InlineData(null, "::1", true)]
    [InlineData(null, "sts.emulator.test", false)]
    [InlineData("emulator.test", "emulator.test", true)]
    [InlineData("emulator.test", "sts.emulator.test", true)]
    [InlineData("emulator.test", "remoterendering.emulator.test", true)]
    [InlineData("emulator.test", "anything.emulator.test", true)]
    [InlineData("emulator.test", "localhost", true)]
    [InlineData("emulator.test", "127.0.0.1", true)]
    [InlineData("emulator.test", "sts.other.test", false)]
    [InlineData("emulator.test", "10.9.8.7", false)]
    [InlineData("single", "sts.single", true)]
    [InlineData("single", "x.single", false)]
    public async Task Certificate_IsForWhatClientsDeriveFromTheDomain(string? domain, string name, bool matches)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpsPort = 0;
            options.AccountDomain = domain ?? options.AccountDomain;
        });

        Assert.Equal(matches, emulator.Certificate!.MatchesHostname(name));
        Assert.Equal(domain ?? "localhost", emulator.AccountDomain);
    }

    [Fact]
    public async Task Certificate_MoreNames_AreInIt()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpsPort = 0;
            options.CertificateNames.Add("10.9.8.7");
            options.CertificateNames.Add("host.test");
            options.CertificateNames.Add("*.more.test");
            options.CertificateNames.Add("localhost");
        });

        Assert.All(
            ["10.9.8.7", "host.test", "a.more.test", "localhost"], name => Assert.True(emulator.Certificate!.MatchesHostname(name), name));
        X509SubjectAlternativeNameExtension names =
            Assert.Single(emulator.Certificate!.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(names.EnumerateDnsNames().Count(), names.EnumerateDnsNames().Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://emulator.test")]
    [InlineData("emulator.test:443")]
    [InlineData("emulator.test/x")]
    [InlineData("127.0.0.1")]
    [InlineData("two words")]
    public async Task AccountDomain_NoHostName_IsRefused(string domain)
        => Assert.Contains(
            "AccountDomain",
            (
                await Assert.ThrowsAsync<ArgumentException>(
                    () => SessionEmulator.StartAsync(options => options.AccountDomain = domain))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("a b")]
    [InlineData("https://host.test")]
    public async Task CertificateName_NoName_IsRefused(string name)
        => Assert.Contains(
            "CertificateNames",
            (
                await Assert.ThrowsAsync<ArgumentException>(
                    () => SessionEmulator.StartAsync(options => options.CertificateNames.Add(name)))).Message,
            StringComparison.Ordinal);

    /// <summary>
    /// As the old JavaScript SDK does: both hosts from the domain, TLS checked against the certificate, every name led to this machine.
    /// </summary>
    [Theory]
    [InlineData("localhost")]
    [InlineData("emulator.test")]
    public async Task BothHostsOfTheDomain_AreServedOverTls(string domain)
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpsPort = 0;
            options.AccountDomain = domain;
        });
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, emulator.HttpsEndpoint!.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.RemoteCertificateValidationCallback =
            (_, _, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
        using var http = new HttpClient(handler);
        http.DefaultRequestHeaders.Add("Authorization", $"Bearer {emulator.AccountId}:{emulator.AccountKey}");

        string token =
            (await EmulatorSession.Json(await http.GetAsync(new Uri($"https://sts.{domain}/accounts/{emulator.AccountId}/token"))))
            .GetProperty("AccessToken").GetString()!;
        http.DefaultRequestHeaders.Remove("Authorization");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        using HttpResponseMessage list =
            await http.GetAsync(new Uri($"https://remoterendering.{domain}/accounts/{emulator.AccountId}/sessions?api-version=2021-01-01"));

        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
    }

    [Fact]
    public async Task CreateClient_DomainThatDoesNotResolve_SignsInAtTheEmulatorAllTheSame()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.HttpsPort = 0;
            options.AccountDomain = "emulator.test";
        });

        RenderingSession session = await emulator.CreateClient()
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard));

        Assert.NotNull(emulator.FindSession(session.SessionUuid));
    }
}
