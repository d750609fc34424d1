using System.CommandLine;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool;

/// <summary><c>rrs emulator</c>: the service and its hosts on loopback, until Ctrl-C or SIGTERM.</summary>
internal static class EmulatorCommand
{
    /// <summary>How often the command looks whether its line still has a reader.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public static Command Make(Func<bool> hasReader)
    {
        Option<int> httpPort = NumberOption.Whole("--http-port", "The port for http; 0 lets the system choose.", 0, 65535, 0);
        Option<int> httpsPort = NumberOption.Whole("--https-port", "The port for https; 0 lets the system choose.", 0, 65535, 0);
        Option<double> bootSeconds =
            NumberOption.Decimal("--boot-seconds", "How long a session takes from Starting to Ready.", 0, 86_400, 2);
        var certificateOut = new Option<string?>("--certificate-out")
        {
            Description =
                "A file for the certificate of the https endpoint (PEM, without its key), for clients that must be told whom to trust. "
                + "Written before the line of JSON.",
        };

        var domain = new Option<string?>("--domain")
        {
            Description =
                "The account domain, for clients that sign in at sts.NAME and create at remoterendering.NAME; both names must resolve to "
                + "this machine. The certificate is good for them.",
        };
        domain.Validators.Add(static result =>
        {
            if (Uri.CheckHostName(result.GetValueOrDefault<string?>()) != UriHostNameType.Dns)
            {
                result.AddError("--domain must be a host name, such as emulator.test.");
            }
        });

        var command = new Command(
            "emulator",
            "Runs the emulator on this machine. Prints one line of JSON when it is ready; ends on Ctrl-C or SIGTERM, and when the reader "
                + "of that line has gone.") { httpPort, httpsPort, bootSeconds, certificateOut, domain };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.InvocationConfiguration.Output,
            hasReader,
            options =>
            {
                options.HttpPort = parsed.GetValue(httpPort);
                options.HttpsPort = parsed.GetValue(httpsPort);
                if (options.HttpPort is not 0 && options.HttpPort == options.HttpsPort)
                {
                    throw new ArgumentException("--http-port and --https-port must differ.");
                }

                options.BootTime = TimeSpan.FromSeconds(parsed.GetValue(bootSeconds));
                options.AccountDomain = parsed.GetValue(domain) ?? options.AccountDomain;
            },
            parsed.GetValue(certificateOut),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        TextWriter output, Func<bool> hasReader, Action<SessionEmulatorOptions> configure, string? certificateFile,
        CancellationToken cancellationToken)
    {
        SessionEmulator emulator = await SessionEmulator.StartAsync(configure, cancellationToken).ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            if (certificateFile is not null)
            {
                await WriteCertificateAsync(certificateFile, emulator, cancellationToken).ConfigureAwait(false);
            }

            await output.WriteLineAsync(EmulatorAnnouncement.Format(emulator)).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                do
                {
                    await TimeProvider.System.DelayAsync(BetweenLooks, cancellationToken).ConfigureAwait(false);
                }
                while (hasReader());
                return ExitCodes.Failed;
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C and SIGTERM are how it is meant to end.
            }
        }

        return ExitCodes.Done;
    }

    private static async Task WriteCertificateAsync(string file, SessionEmulator emulator, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, emulator.Certificate!.ExportCertificatePem(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException($"The certificate could not be written: {Failure.Describe(exception)}", ExitCodes.Failed, exception);
        }
    }
}
