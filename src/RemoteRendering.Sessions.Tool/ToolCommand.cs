using System.CommandLine;
using RemoteRendering.Sessions.Tool.Sessions;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool;

/// <summary><c>rrs</c>: its commands, and its exit codes: 0 done, 1 refused or failed, 2 wrong arguments, 130 cancelled.</summary>
internal static class ToolCommand
{
    // An id may begin with '@'; it is no name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Make(Func<string, string?> environment) => new("Remote-rendering sessions from a shell.")
    {
        EmulatorCommand.Make(),
        SessionCommand.Make(environment),
    };

    /// <summary>Runs one command. Every exception ends here: it becomes one line on <paramref name="error"/> and an exit code.</summary>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, string?> environment, CancellationToken cancellationToken = default)
    {
        try
        {
            ParseResult parsed = Make(environment).Parse(args, Parsing);
            if (parsed.Errors.Count > 0)
            {
                IEnumerable<string> problems = parsed.Errors.Select(static problem => problem.Message.Replace('\n', ' ')).Distinct();
                const string Hint = "'rrs --help' shows the commands and options.";
                throw new ToolException(string.Join(Environment.NewLine, [.. problems, Hint]), ExitCodes.WrongArguments);
            }

            // Commands end by the given token, so that what they started is taken down before the process goes.
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolException exception)
        {
            foreach (string line in exception.Message.Split(Environment.NewLine))
            {
                await error.WriteLineAsync(Failure.OneLine(line)).ConfigureAwait(false);
            }

            return exception.ExitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }
        catch (Exception exception)
        {
            await error.WriteLineAsync(Failure.OneLine(Failure.Describe(exception))).ConfigureAwait(false);
            return exception is ArgumentException ? ExitCodes.WrongArguments : ExitCodes.Failed;
        }
    }
}
