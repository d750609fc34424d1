using System.Text.Json;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

public sealed class SessionCommandTests : IAsyncLifetime
{
    private SessionEmulator _emulator = null!;

    private string Endpoint => _emulator.HttpEndpoint!.ToString();

    public async ValueTask InitializeAsync() => _emulator = await SessionEmulator.StartAsync(static options =>
    {
        options.HttpPort = 0;
        options.BootTime = TimeSpan.Zero;
    });

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    [Fact]
    public async Task Session_CreatedListedShownExtendedStopped()
    {
        using JsonDocument created = await OneAsync("create", "--id", "a", "--minutes", "20", "--wait");
        Assert.Equal("Ready", created.RootElement.GetProperty("status").GetString());
        Assert.Equal(20, created.RootElement.GetProperty("maxLeaseMinutes").GetDouble());

        using JsonDocument listed = await OneAsync("list");
        Assert.Equal("a", listed.RootElement.GetProperty("id").GetString());

        using JsonDocument extended = await OneAsync("extend", "a", "--minutes", "10");
        Assert.Equal(30, extended.RootElement.GetProperty("maxLeaseMinutes").GetDouble());

        using JsonDocument shown = await OneAsync("show", "a");
        Assert.Equal("Standard", shown.RootElement.GetProperty("size").GetString());

        using JsonDocument stopped = await OneAsync("stop", "a");
        Assert.Equal("Stopped", stopped.RootElement.GetProperty("status").GetString());
        Assert.Equal(ExitCodes.Done, (await RunAsync("stop", "a")).ExitCode);
        Assert.Equal(string.Empty, (await RunAsync("list", "--json")).Output);
        Assert.Equal("No sessions.", (await RunAsync("list")).Output.TrimEnd());
    }

    [Fact]
    public async Task Table_HasALineForEachSessionUnbroken()
    {
        string id = new('x', 200);
        await RunAsync("create", "--id", id, "--size", "Premium");

        ToolRun run = await RunAsync("list");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("Id", lines[0], StringComparison.Ordinal);
        Assert.Contains(id, lines[1], StringComparison.Ordinal);
        Assert.Contains("Premium", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_UnknownSession_FailsWithWhatTheServiceSays()
    {
        ToolRun run = await RunAsync("show", "nobody");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.Equal(string.Empty, run.Output);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task CreateAndWait_ServiceFails_SaysWhichSessionGoesOn()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.FromDays(1);
        });
        emulator.Faults.Next(ServiceOperation.Read, EmulatorFault.StatusBeforeEffect(403));

        ToolRun run = await ToolRun.RunAsync("session", "create", "--wait", "--id", "a", "--endpoint", emulator.HttpEndpoint!.ToString());

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        string[] lines = run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal("GetProperties: The account is not permitted to do this.", lines[1]);
        Assert.Equal("Session a was created: it costs from Ready until its lease is over. 'rrs session stop a' stops it.", lines[2]);
    }

    [Fact]
    public async Task CreateAndWait_SessionFails_LeavesNothing()
    {
        _emulator.FailNextStart();

        ToolRun run = await RunAsync("create", "--wait", "--id", "a");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.DoesNotContain("rrs session stop", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--stop-on-cancel")]
    [InlineData("--stop-on-cancel", "--wait")]
    public async Task Create_CancelledBeforeItsAnswer_IsStoppedAllTheSame(params string[] options)
    {
        _emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.DelayBeforeEffect(TimeSpan.FromMilliseconds(200)));
        using var end = new CancellationTokenSource();
        using var error = new StringWriter();
        string[] arguments = ["session", "create", "--id", "a", .. options, "--endpoint", Endpoint];

        Task<int> running = ToolCommand.RunAsync(arguments, TextWriter.Null, error, static _ => null, end.Token);
        await end.CancelAsync();

        Assert.Equal(ExitCodes.Cancelled, await running);
        Assert.EndsWith($"Cancelled. Session a was stopped.{Environment.NewLine}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(SessionState.Stopped, _emulator.FindSession("a")!.State);
    }

    [Theory]
    [InlineData("extend")]
    [InlineData("stop")]
    public async Task Change_Cancelled_SaysThatItIsInDoubt(string command)
    {
        ToolRun run = await ToolRun.RunCancelledAsync("session", command, "a", "--endpoint", Endpoint);

        Assert.Equal(ExitCodes.Cancelled, run.ExitCode);
        Assert.Equal("Cancelled. Whether session a was changed is not known: 'rrs session show a' shows it.", run.Error.TrimEnd());
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Create_WrongKey_FailsWithoutPrintingIt()
    {
        var environment =
            new Dictionary<string, string> { ["RRS_ENDPOINT"] = Endpoint, ["RRS_ACCOUNT_KEY"] = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=" };

        ToolRun run = await ToolRun.RunAsync(environment, "session", "create");

        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.NotEqual(string.Empty, run.Error);
        Assert.DoesNotContain("c2VjcmV0", run.Error + run.Output, StringComparison.Ordinal);
        Assert.Empty(_emulator.Sessions);
    }

    [Theory]
    [InlineData("--endpoint", "session", "list")]
    [InlineData("not an address", "session", "list", "--endpoint", "not an address")]
    [InlineData("GUID", "session", "list", "--endpoint", "http://127.0.0.1:1/", "--account-id", "me")]
    [InlineData("--account-id", "session", "list", "--endpoint", "https://example.org/")]
    [InlineData("--minutes", "session", "extend", "a", "--minutes", "0", "--endpoint", "http://127.0.0.1:1/")]
    [InlineData("argument", "session", "show", "--endpoint", "http://127.0.0.1:1/")]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("--http-port", "emulator", "--http-port", "70000")]
    public async Task WrongArguments_SayWhatIsWrong(string word, params string[] arguments)
    {
        ToolRun run = await ToolRun.RunAsync(arguments);

        Assert.Equal(ExitCodes.WrongArguments, run.ExitCode);
        Assert.Contains(word, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(string.Empty, run.Output);
    }

    [Fact]
    public async Task Help_NamesTheCommands()
    {
        ToolRun run = await ToolRun.RunAsync("--help");

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("emulator", run.Output, StringComparison.Ordinal);
        Assert.Contains("session", run.Output, StringComparison.Ordinal);
    }

    private Task<ToolRun> RunAsync(params string[] arguments) => ToolRun.RunAsync(["session", .. arguments, "--endpoint", Endpoint]);

    private async Task<JsonDocument> OneAsync(params string[] arguments)
    {
        ToolRun run = await RunAsync([.. arguments, "--json"]);
        string expected = arguments.Contains("--wait") ? "Session a was created. Waiting until it is ready." : string.Empty;
        Assert.Equal(expected, run.Error.TrimEnd());
        Assert.Equal(ExitCodes.Done, run.ExitCode);
        return JsonDocument.Parse(Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }
}
