using System.Diagnostics;

namespace RemoteRendering.Sessions.Emulator.Tests.Hosting;

/// <summary>Signals belong to the program that has the emulator inside.</summary>
public sealed class SignalTests
{
    private const int Killed = 128;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("none", "INT", 2)]
    [InlineData("http", "INT", 2)]
    [InlineData("https", "INT", 2)]
    [InlineData("none", "TERM", 15)]
    [InlineData("http", "TERM", 15)]
    [InlineData("https", "TERM", 15)]
    public async Task Signal_ToAProgramAroundAnEmulator_EndsIt(string ports, string signal, int number)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals here.");
        using Process program = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "RemoteRendering.Sessions.TestProgram.dll"), "embed", ports])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            Assert.Equal("started", await program.StandardOutput.ReadLineAsync().WaitAsync(_patience));

            using (Process kill = Process.Start("kill", [$"-{signal}", $"{program.Id}"]))
            {
                await kill.WaitForExitAsync().WaitAsync(_patience);
            }

            await program.WaitForExitAsync().WaitAsync(_patience);
            Assert.Equal(Killed + number, program.ExitCode);
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
