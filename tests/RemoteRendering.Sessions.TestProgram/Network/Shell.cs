using System.Diagnostics;

namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>Runs small commands.</summary>
internal static class Shell
{
    public static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new TrialException($"{command} {string.Join(' ', arguments)}: {(await error).Trim()}");
    }
}
