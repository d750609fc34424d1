using System.Net.Sockets;
using System.Security.Authentication;
using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

public class FailureTests
{
    private const string Handshake = "The SSL connection could not be established, see inner exception.";
    private const string Invalid = "The remote certificate is invalid because of errors in the certificate chain: UntrustedRoot";
    private const string Mismatch =
        "The remote certificate is invalid according to the validation procedure: RemoteCertificateNameMismatch";

    [Fact]
    public void Describe_UntrustedCertificate_SaysTheInnermostCauseAndWhatToSet()
    {
        var failed = new RequestFailedException(
            $"GetToken: no answer from https://127.0.0.1:1. {Handshake}\nHeaders:",
            new AggregateException(new HttpRequestException(Handshake, new AuthenticationException(Invalid))));

        string described = Failure.Describe(failed);

        Assert.StartsWith(
            $"GetToken: no answer from https://127.0.0.1:1. The SSL connection could not be established: {Invalid}. ",
            described,
            StringComparison.Ordinal);
        Assert.Contains("SSL_CERT_FILE", described, StringComparison.Ordinal);
        Assert.Contains("--certificate-out", described, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_CertificateForAnotherName_SaysSo()
    {
        string described = Failure.Describe(new HttpRequestException(Handshake, new AuthenticationException(Mismatch)));

        Assert.EndsWith(
            "RemoteCertificateNameMismatch. The certificate is for other names: use an address with a name that it has.",
            described,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_BrokenHandshake_SaysTheInnermostCause()
    {
        var refused =
            new AuthenticationException("Authentication failed, see inner exception.", new IOException("The frame is corrupted."));

        Assert.Equal(
            "The SSL connection could not be established: The frame is corrupted.",
            Failure.Describe(new HttpRequestException(Handshake, refused)));
    }

    [Fact]
    public void Describe_OtherExceptions_IsTheFirstLineWithoutTheParameter()
    {
        Assert.Equal("Wrong.", Failure.Describe(new ArgumentException("Wrong.", "endpoint")));
        Assert.Equal("Refused.", Failure.Describe(new RequestFailedException("Refused.\r\nHeaders: x", new SocketException())));
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Https_CertificateNotTrusted_SaysWhatToSet()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options => options.HttpsPort = 0);

        ToolRun run = await ToolRun.RunAsync("session", "list", "--endpoint", emulator.HttpsEndpoint!.ToString());

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Matches("^.*UntrustedRoot.*SSL_CERT_FILE.*$", run.Error.TrimEnd());
        Assert.DoesNotContain("inner exception", run.Error, StringComparison.Ordinal);
    }
}
