using System.CommandLine;

namespace RemoteRendering.Sessions.Tool;

/// <summary><c>rrs</c>: its commands, and how it ends: 0 done, 1 refused or failed, 2 wrong arguments.</summary>
internal static class ToolCommand
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongArguments = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, Func<string, string?> environment, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Remote-rendering sessions from a shell.")
        {
            EmulatorCommand.Make(),
            SessionCommand.Make(environment),
        };

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (System.CommandLine.Parsing.ParseError problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message).ConfigureAwait(false);
            }

            await error.WriteLineAsync("'rrs --help' tells what there is.").ConfigureAwait(false);
            return WrongArguments;
        }

        // Commands that run on end by signals of their own, so that what they started is taken down before the process goes.
        var configuration = new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
    }
}
