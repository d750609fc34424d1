using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using RemoteRendering.Sessions.Tool.Sessions;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool;

/// <summary><c>rrs</c>: its commands, and its exit codes: 0 done, 1 refused or failed, 2 wrong arguments, 130 cancelled.</summary>
internal static class ToolCommand
{
    // An id may begin with '@'; it is no name of a file with more arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static RootCommand Make(Func<string, string?> environment) => Make(environment, static () => true);

    private static RootCommand Make(Func<string, string?> environment, Func<bool> hasReader)
        => new("Remote-rendering sessions from a shell.")
    {
        EmulatorCommand.Make(hasReader),
        SessionCommand.Make(environment),
    };

    /// <summary>Runs one command whose output always has a reader.</summary>
    public static Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, string?> environment,
        CancellationToken cancellationToken = default)
        => RunAsync(args, output, error, environment, static () => true, cancellationToken);

    /// <summary>Runs one command. Every exception ends here: it becomes one line on <paramref name="error"/> and an exit code.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Where the command writes what it was asked for.</param>
    /// <param name="error">Where the command writes about problems.</param>
    /// <param name="environment">Reads a variable of the environment.</param>
    /// <param name="hasReader">Returns whether there still is a reader of <paramref name="output"/>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter error, Func<string, string?> environment, Func<bool> hasReader,
        CancellationToken cancellationToken)
    {
        try
        {
            RootCommand root = Make(environment, hasReader);
            ParseResult parsed = root.Parse(args, Parsing);
            if (parsed.Errors.Count > 0)
            {
                IEnumerable<string> problems = parsed.Errors.Select(static problem => problem.Message.Replace('\n', ' ')).Distinct();
                const string Hint = "'rrs --help' shows the commands and options.";
                throw new ToolException(string.Join(Environment.NewLine, [.. problems, Hint]), ExitCodes.WrongArguments);
            }

            ValidateSuggestion(root, parsed);

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

    /// <summary>Validates the position in <c>[suggest:POSITION]</c>, by which a shell asks for completions.</summary>
    private static void ValidateSuggestion(RootCommand root, ParseResult parsed)
    {
        foreach (SuggestDirective directive in root.Directives.OfType<SuggestDirective>())
        {
            string said = string.Join(", ", parsed.GetResult(directive)?.Values ?? []);
            if (said.Length > 0 && !int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                throw new ToolException(
                    $"[{directive.Name}:POSITION] takes one position, such as [{directive.Name}:12], not '{said}'.",
                    ExitCodes.WrongArguments);
            }
        }
    }
}
