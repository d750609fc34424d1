namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>One call of <c>rrs</c>, with what it printed.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Output">What it printed for the caller.</param>
/// <param name="Error">What it printed about problems.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public static Task<ToolRun> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    public static Task<ToolRun> RunAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments)
        => RunAsync(environment.GetValueOrDefault, arguments, TestContext.Current.CancellationToken);

    /// <summary>Runs a command that is cancelled before it begins.</summary>
    public static Task<ToolRun> RunCancelledAsync(params string[] arguments)
        => RunAsync(static _ => null, arguments, new CancellationToken(canceled: true));

    private static async Task<ToolRun> RunAsync(Func<string, string?> environment, string[] arguments, CancellationToken cancellationToken)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = await ToolCommand.RunAsync(arguments, output, error, environment, cancellationToken);
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }
}
