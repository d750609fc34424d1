using System.Diagnostics;
using System.Globalization;

namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary><c>rrs</c> as a process of its own, for what only a process has: signals and standard streams.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "rrs");

    /// <summary>
    /// Starts the tool, through env: a test runner in the background ignores SIGINT, one under nohup SIGHUP, and a child would inherit
    /// that.
    /// </summary>
    public static ToolProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
        => new(Start("env", environment, ["--default-signal=INT,TERM,HUP", Tool, .. arguments]));

    /// <summary>Runs a line of shell, in which <c>rrs</c> is the tool.</summary>
    public static async Task<ToolRun> ShellAsync(IReadOnlyDictionary<string, string> environment, string line)
    {
        using var shell = new ToolProcess(Start("bash", environment, ["-c", $"rrs() {{ '{Tool}' \"$@\"; }}; {line}"]));
        return await shell.EndAsync();
    }

    /// <summary>Returns the next line of standard error.</summary>
    public async Task<string?> ReadErrorLineAsync() => await _process.StandardError.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Returns the next line of standard output.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    public async Task SignalAsync(string name)
    {
        using Process kill =
            Start("kill", new Dictionary<string, string>(), ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what was not read yet.</returns>
    public async Task<ToolRun> EndAsync()
    {
        Task<string> output = _process.StandardOutput.ReadToEndAsync();
        Task<string> error = _process.StandardError.ReadToEndAsync();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new ToolRun(_process.ExitCode, await output.WaitAsync(Patience), await error.WaitAsync(Patience));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Process Start(string file, IReadOnlyDictionary<string, string> environment, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
