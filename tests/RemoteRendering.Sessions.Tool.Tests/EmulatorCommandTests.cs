using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using RemoteRendering.Sessions.TestSupport;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

public class EmulatorCommandTests
{
    [Fact]
    public async Task Emulator_SaysWhereItIsAndServesUntilCancelled()
    {
        using var end = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> running = ToolCommand.RunAsync(["emulator", "--boot-seconds", "0"], output, TextWriter.Null, static _ => null, end.Token);

        using JsonDocument announced = JsonDocument.Parse(await output.Lines.ReadAsync(TestContext.Current.CancellationToken));
        string endpoint = announced.RootElement.GetProperty("http").GetString()!;
        ToolRun listed = await ToolRun.RunAsync("session", "list", "--json", "--endpoint", endpoint);
        await end.CancelAsync();

        Assert.Equal(ExitCodes.Done, listed.ExitCode);
        Assert.Equal(ExitCodes.Done, await running);
        Assert.StartsWith("https://127.0.0.1:", announced.RootElement.GetProperty("https").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CertificateOut_IsWhatTheHttpsEndpointShows()
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("rrs-tool-").FullName, "certificate.pem");
        using var end = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> running =
            ToolCommand.RunAsync(["emulator", "--certificate-out", file], output, TextWriter.Null, static _ => null, end.Token);
        using JsonDocument announced = JsonDocument.Parse(await output.Lines.ReadAsync(TestContext.Current.CancellationToken));
        string pem = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("PRIVATE", pem, StringComparison.Ordinal);
        using var expected = X509Certificate2.CreateFromPem(pem);
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == expected.Thumbprint
        };
        using var http = new HttpClient(handler);
        using HttpResponseMessage response =
            await http.GetAsync(new Uri(announced.RootElement.GetProperty("https").GetString()!), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        await end.CancelAsync();
        Assert.Equal(ExitCodes.Done, await running);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task CertificateOut_WhereNothingCanBeWritten_SaysSoAndEnds()
    {
        using var error = new StringWriter();
        using var folder = new TemporaryFolder();
        string file = folder.File(Path.Combine("no-such-folder", "certificate.pem"));
        Assert.Equal(
            ExitCodes.Failed,
            await ToolCommand.RunAsync(
                ["emulator", "--certificate-out", file], TextWriter.Null, error, static _ => null, TestContext.Current.CancellationToken));
        Assert.StartsWith("The certificate could not be written: ", error.ToString(), StringComparison.Ordinal);
    }
}
