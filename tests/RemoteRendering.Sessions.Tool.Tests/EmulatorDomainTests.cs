using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using RemoteRendering.Sessions.TestSupport;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

public class EmulatorDomainTests
{
    [Fact]
    public async Task Domain_IsAnnounced_AndInTheCertificate()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("certificate.pem");
        using var end = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> running = ToolCommand.RunAsync(
            ["emulator", "--domain", "emulator.test", "--certificate-out", file], output, TextWriter.Null, static _ => null, end.Token);
        using JsonDocument announced = JsonDocument.Parse(await output.Lines.ReadAsync(TestContext.Current.CancellationToken));
        using X509Certificate2 certificate =
            X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await end.CancelAsync();

        Assert.Equal("emulator.test", announced.RootElement.GetProperty("accountDomain").GetString());
        Assert.All(
            ["sts.emulator.test", "remoterendering.emulator.test", "localhost"], name
                => Assert.True(certificate.MatchesHostname(name), name));
        Assert.Equal(ExitCodes.Done, await running);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://emulator.test")]
    [InlineData("emulator.test:443")]
    [InlineData("127.0.0.1")]
    public async Task Domain_NoHostName_IsAWrongArgument(string domain)
    {
        ToolRun run = await ToolRun.RunAsync("emulator", "--domain", domain);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--domain must be a host name", run.Error, StringComparison.Ordinal);
    }
}
