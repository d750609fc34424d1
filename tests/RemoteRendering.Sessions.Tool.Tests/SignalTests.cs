using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>What a user who ends a command by a signal is told, and what goes on then.</summary>
public sealed class SignalTests : IAsyncLifetime
{
    private SessionEmulator _emulator = null!;

    public async ValueTask InitializeAsync() => _emulator = await SessionEmulator.StartAsync(static options =>
    {
        options.HttpPort = 0;
        options.BootTime = TimeSpan.FromDays(1);
    });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public async Task CreateAndWait_Signal_SaysWhatGoesOn(string signal, int exitCode)
    {
        SkipWithoutSignals();
        using ToolProcess tool = Start("session", "create", "--wait", "--json");
        string id = await ReadIdAsync(tool);

        await tool.SignalAsync(signal);

        ToolRun run = await tool.EndAsync();
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(string.Empty, run.Output);
        Assert.Equal(
            $"Cancelled. Session {id} was created: it costs from Ready until its lease is over. 'rrs session stop {id}' stops it.",
            run.Error.TrimEnd());
        Assert.Equal(SessionState.Starting, _emulator.FindSession(id)!.State);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task CreateAndWait_SignalWithStopOnCancel_StopsTheSession(string signal, int exitCode)
    {
        SkipWithoutSignals();
        using ToolProcess tool = Start("session", "create", "--wait", "--stop-on-cancel", "--id", "mine");
        Assert.Equal("mine", await ReadIdAsync(tool));

        await tool.SignalAsync(signal);

        ToolRun run = await tool.EndAsync();
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(
            ["Stopping session mine. A second signal ends this command without waiting.", "Cancelled. Session mine was stopped."],
            run.Error.TrimEnd().Split('\n'));
        Assert.Equal(SessionState.Stopped, _emulator.FindSession("mine")!.State);
    }

    [Fact]
    public async Task CreateAndWait_SecondSignal_EndsAtOnce()
    {
        SkipWithoutSignals();
        _emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.DelayBeforeEffect(TimeSpan.FromMinutes(5)));
        using ToolProcess tool = Start("session", "create", "--wait", "--stop-on-cancel");
        await ReadIdAsync(tool);

        await tool.SignalAsync("INT");
        Assert.StartsWith("Stopping session ", await tool.ReadErrorLineAsync(), StringComparison.Ordinal);
        await tool.SignalAsync("INT");

        Assert.Equal(string.Empty, (await tool.EndAsync()).Error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task Emulator_Signal_EndsWithDone(string signal)
    {
        SkipWithoutSignals();
        using ToolProcess tool = Start("emulator");
        Assert.StartsWith("{", await tool.ReadLineAsync(), StringComparison.Ordinal);

        await tool.SignalAsync(signal);

        Assert.Equal(new ToolRun(ExitCodes.Done, string.Empty, string.Empty), await tool.EndAsync());
    }

    private static void SkipWithoutSignals() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent with the tools of Linux.");

    private static async Task<string> ReadIdAsync(ToolProcess tool)
    {
        string line = (await tool.ReadErrorLineAsync())!;
        Assert.Matches("^Session .+ was created. Waiting until it is ready.$", line);
        return line.Split(' ')[1];
    }

    private ToolProcess Start(params string[] arguments)
        => ToolProcess.Start(new Dictionary<string, string> { ["RRS_ENDPOINT"] = _emulator.HttpEndpoint!.ToString() }, arguments);
}
