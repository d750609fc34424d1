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

        var command = new Command("emulator", "Runs the emulator on this machine. Prints one line of JSON when it is ready; ends on Ctrl-C or SIGTERM.") { httpPort, httpsPort, bootSeconds };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, parsed.GetValue(httpPort), parsed.GetValue(httpsPort), TimeSpan.FromSeconds(parsed.GetValue(bootSeconds)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, TextWriter error, int httpPort, int httpsPort, TimeSpan bootTime, CancellationToken cancellationToken)
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
            emulator = await SessionEmulator.StartAsync(
                options =>
                {
                    options.HttpPort = httpPort;
                    options.HttpsPort = httpsPort;
                    options.BootTime = bootTime;
                },
                ended.Token).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            await error.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ToolCommand.Failed;
        }

        await using (emulator.ConfigureAwait(false))
        {
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
