using System.Diagnostics;

namespace RemoteRendering.Sessions.Emulator.Tests.Host;

/// <summary>The sample with a host of one's own, over the public members alone.</summary>
public sealed class OwnHostSampleTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Run_WithoutArguments_BindsCountsAndEndsByItself()
    {
        using Process program = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "OwnHost.dll")])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            string[] answers = (await program.StandardOutput.ReadToEndAsync().WaitAsync(_patience))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await program.WaitForExitAsync().WaitAsync(_patience);

            Assert.Equal(0, program.ExitCode);
            Assert.Equal(4, answers.Length);
            Assert.Contains("\"features\":[\"counter\"]", answers[0], StringComparison.Ordinal);
            Assert.Equal("""{"jsonrpc":"2.0","id":1,"result":1}""", answers[1].TrimEnd());
            Assert.Equal("""{"jsonrpc":"2.0","id":2,"result":2}""", answers[2].TrimEnd());
            Assert.Equal("""{"jsonrpc":"2.0","id":3,"result":{}}""", answers[3].TrimEnd());
        }
        finally
        {
            if (!program.HasExited)
            {
                program.Kill();
            }
        }
    }
}
