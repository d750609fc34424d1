using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>Standard streams that are closed, full, or read by a program that has ended.</summary>
public sealed class StandardStreamTests : IAsyncLifetime
{
    private static readonly string[] CommandLines = ["--help", "session list", "session create --wait --json", "emulator", "no-command"];

    private SessionEmulator _emulator = null!;

    public static TheoryData<string, string> Redirections()
    {
        var data = new TheoryData<string, string>();
        foreach (string command in CommandLines)
        {
            data.Add(command, "> /dev/full");
            data.Add(command, ">&-");
            data.Add(command, "2>/dev/full >/dev/full");
            data.Add(command, "<&- >&- 2>&-");
        }

        return data;
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Streams are closed and filled with the tools of Linux.");
        _emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
        });
        await _emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard) { SessionId = "there" });
    }

    public async ValueTask DisposeAsync() => await (_emulator?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Theory]
    [MemberData(nameof(Redirections))]
    public async Task Output_ThatCannotBeWritten_EndsInASentence(string command, string redirection)
    {
        ToolRun run = await ShellAsync($"rrs {command} {redirection}");

        Assert.InRange(run.ExitCode, ExitCodes.Failed, ExitCodes.WrongArguments);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("emulator")]
    [InlineData("--help")]
    [InlineData("session create")]
    public async Task Output_ToAProgramThatHasEnded_EndsWithFailure(string command)
    {
        ToolRun run = await ShellAsync($"set -o pipefail; rrs {command} | true");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith("The output could not be written: Broken pipe.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head -1")]
    [InlineData("{ read -r line; echo \"$line\"; }")]
    public async Task Emulator_ReaderGoesAfterTheLine_EndsQuietly(string reader)
    {
        ToolRun run = await ShellAsync($"set -o pipefail; rrs emulator | {reader}");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.StartsWith("{\"http\":", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
    }

    /// <summary>A pipe that is still open is read by the tests of signals.</summary>
    [Fact]
    public async Task Emulator_OutputToAFile_ServesUntilItIsTold()
    {
        using var folder = new TemporaryFolder();
        ToolRun run = await ShellAsync(
            $"'{ToolProcess.Tool}' emulator > '{folder.File("line")}' & until [ -s '{folder.File("line")}' ]; do sleep 0.05; done; sleep "
                + "1.5; kill -TERM $!; wait $!; echo $?");

        Assert.Equal(("0\n", string.Empty), (run.Output, run.Error));
    }

    [Fact]
    public async Task Create_OutputLost_SaysWhichSessionGoesOn()
    {
        ToolRun run = await ShellAsync("rrs session create --json > /dev/full");

        string id = Assert.Single(_emulator.Sessions, static session => session.Id != "there").Id;
        Assert.Equal(
            "The output could not be written: No space left on device.\n"
            + $"Session {id} was created: it costs from Ready until its lease is over. 'rrs session stop {id}' stops it.\n",
            run.Error);
    }

    [Fact]
    public async Task Error_ThatCannotBeWritten_ChangesNothing()
    {
        ToolRun run = await ShellAsync(
            "rrs session create --wait --json --id a 2>&-; rrs session show a --json 2>/dev/full; rrs session show b 2>/dev/full; echo $?");

        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("\"Ready\"", lines[0], StringComparison.Ordinal);
        Assert.Equal("1", lines[2]);
    }

    [Fact]
    public async Task Output_ToAFile_IsAppended()
    {
        string folder = Directory.CreateTempSubdirectory("rrs-tool-").FullName;
        string file = Path.Combine(folder, "output");

        ToolRun run = await ShellAsync(
            $"{{ echo first; rrs session show there --json; rrs session stop there --json; }} > '{file}'; cat '{file}'");

        Directory.Delete(folder, recursive: true);
        Assert.Matches("^first\n.*Ready.*\n.*Stopped.*\n$", run.Output);
    }

    private Task<ToolRun> ShellAsync(string line)
        => ToolProcess.ShellAsync(new Dictionary<string, string> { ["RRS_ENDPOINT"] = _emulator.HttpEndpoint!.ToString() }, line);
}
