using System.CommandLine;
using System.Runtime.InteropServices;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tool;

/// <summary><c>rrs emulator</c>: the service and its hosts on loopback, until Ctrl-C or SIGTERM.</summary>
internal static class EmulatorCommand
{
    public static Command Make()
    {
        Option<int> httpPort = Port("--http-port", "The port for http; 0 lets the system choose.");
        Option<int> httpsPort = Port("--https-port", "The port for https; 0 lets the system choose.");
        var bootSeconds = new Option<double>("--boot-seconds")
        {
            Description = "How long a session takes from Starting to Ready.",
            DefaultValueFactory = static _ => 2,
        };
        bootSeconds.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0 and <= 86_400))
            {
                result.AddError("--boot-seconds must be from 0 to 86400.");
            }
        });

        var certificateOut = new Option<string?>("--certificate-out")
        {
            Description = "A file for the certificate of the https endpoint (PEM, without its key), for clients that must be told whom to trust. Written before the line of JSON.",
        };

        var domain = new Option<string?>("--domain")
        {
            Description = "The account domain, for clients that sign in at sts.NAME and create at remoterendering.NAME; both names must resolve to this machine. The certificate is good for them.",
        };
        domain.Validators.Add(static result =>
        {
            if (Uri.CheckHostName(result.GetValueOrDefault<string?>()) != UriHostNameType.Dns)
            {
                result.AddError("--domain must be a host name, such as emulator.test.");
            }
        });

        var command = new Command("emulator", "Runs the emulator on this machine. Prints one line of JSON when it is ready; ends on Ctrl-C or SIGTERM.") { httpPort, httpsPort, bootSeconds, certificateOut, domain };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            options =>
            {
                options.HttpPort = parsed.GetValue(httpPort);
                options.HttpsPort = parsed.GetValue(httpsPort);
                options.BootTime = TimeSpan.FromSeconds(parsed.GetValue(bootSeconds));
                options.AccountDomain = parsed.GetValue(domain) ?? options.AccountDomain;
            },
            parsed.GetValue(certificateOut),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter error, Action<SessionEmulatorOptions> configure, string? certificateFile, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            ended.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        SessionEmulator emulator;
        try
        {
            emulator = await SessionEmulator.StartAsync(configure, ended.Token).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ToolCommand.Failed;
        }

        await using (emulator.ConfigureAwait(false))
        {
            try
            {
                if (certificateFile is not null)
                {
                    await File.WriteAllTextAsync(certificateFile, emulator.Certificate!.ExportCertificatePem(), ended.Token).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
            {
                await error.WriteLineAsync($"The certificate could not be written: {exception.Message}").ConfigureAwait(false);
                return ToolCommand.Failed;
            }

            await output.WriteLineAsync(EmulatorAnnouncement.Format(emulator)).ConfigureAwait(false);
            await output.FlushAsync(ended.Token).ConfigureAwait(false);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C and SIGTERM are how it is meant to end.
            }
        }

        return ToolCommand.Done;
    }

    private static Option<int> Port(string name, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = static _ => 0 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 0 and <= 65535))
            {
                result.AddError($"{name} must be from 0 to 65535.");
            }
        });
        return option;
    }
}
