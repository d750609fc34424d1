using System.CommandLine;
using System.Text.RegularExpressions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;
using RemoteRendering.Sessions.Tool.Shell;

namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>
/// Every option, argument and environment variable of every command, with every hostile value. All of them are found in the tool, so that
/// what is added to it is covered by itself.
/// </summary>
public sealed partial class HostileArgumentTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Their values are put below a folder of the test, unless they name a place of their own or none at all.</summary>
    private static readonly string[] FileOptions = ["--certificate-out"];

    private readonly string _folder = Directory.CreateTempSubdirectory("rrs-tool-").FullName;
    private SessionEmulator _emulator = null!;

    public static TheoryData<string, string> Options()
    {
        var data = new TheoryData<string, string>();
        foreach ((string[] path, Command command) in Commands(ToolCommand.Make(static _ => null)))
        {
            foreach (Symbol symbol in Symbols(command))
            {
                data.Add(string.Join(' ', path), symbol.Name);
            }
        }

        return data;
    }

    public async ValueTask InitializeAsync()
    {
        _emulator = await SessionEmulator.StartAsync(static options =>
        {
            options.HttpPort = 0;
            options.BootTime = TimeSpan.Zero;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Value_OfAnyKind_EndsInASentence(string path, string name)
    {
        Command command = Commands(ToolCommand.Make(static _ => null)).Single(found => string.Join(' ', found.Path) == path).Command;
        Symbol symbol = Symbols(command).Single(found => found.Name == name);
        bool isText = symbol is not Option option || option.ValueType == typeof(string);
        foreach (string value in HostileValues.All.Select(value => FileOptions.Contains(name) ? Below(_folder, value) : value))
        {
            foreach (string[] given in Spellings(symbol, value))
            {
                string[] words = path.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                ToolRun run = await RunAsync([.. words, .. Others(command, symbol), .. given], ServiceVariables());

                string what = $"{path} {string.Join(' ', given)}";
                AssertSentence(run, what);
                if (!isText && value.Length > 0 && symbol is Option { Arity.MinimumNumberOfValues: > 0 })
                {
                    Assert.True(run.ExitCode == ExitCodes.WrongArguments, $"{what}: {run}");
                    Assert.True(run.Error.Contains(name, StringComparison.Ordinal), $"{what}: {run}");
                }
            }
        }
    }

    [Fact]
    public async Task Directive_WithAnyValue_IsTakenOrRefusedInASentence()
    {
        IReadOnlyList<string> names = [.. ToolCommand.Make(static _ => null).Directives.Select(static directive => directive.Name)];
        Assert.Contains("suggest", names);
        foreach (string name in names.Concat(["diagram", "env", "config", "debug"]))
        {
            foreach (string value in HostileValues.All.Append("1:2").Append("12"))
            {
                foreach (
                    string[] given in (string[][])[
                        [$"[{name}:{value}]"], [$"[{name}:{value}]", "session", "list"], [$"[{name}:{value}]", $"[{name}:{value}]"]
                    ])
                {
                    ToolRun run = await RunAsync(given, []);
                    string what = string.Join(' ', given);
                    AssertSentence(run, what);
                    Assert.True(
                        run.ExitCode == (name == "suggest" && (value.Length == 0 || value == "12")
                            && given.Count(static word => word[0] == '[') == 1 ? ExitCodes.Done : ExitCodes.WrongArguments),
                        $"{what}: {run}");
                }
            }
        }
    }

    [Theory]
    [InlineData("[suggest:abc]")]
    [InlineData("[suggest:1:2]")]
    [InlineData("[suggest:99999999999]")]
    [InlineData("[suggest:-1]")]
    [InlineData("[suggest:1]", "[suggest:2]")]
    public async Task Suggest_WrongPosition_IsNamedWithWhatIsRight(params string[] arguments)
    {
        ToolRun run = await RunAsync(arguments, []);

        Assert.Equal(ExitCodes.WrongArguments, run.ExitCode);
        Assert.StartsWith(
            "[suggest:POSITION] takes one position, such as [suggest:12], not '",
            Assert.Single(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    [ExpectedLog("TokenExchangeFailed")]
    public async Task Environment_OfAnyKind_EndsInASentence()
    {
        // The tool asks for more variables once others have a value: each name that it asks for joins the list.
        var names = new List<string>();
        for (int i = -1; i < names.Count; i++)
        {
            foreach (string value in HostileValues.All)
            {
                foreach (bool alone in (bool[])[true, false])
                {
                    Dictionary<string, string> variables = alone && i >= 0 ? [] : ServiceVariables();
                    if (i < 0 || names[i] == "RRS_ACCOUNT_KEY")
                    {
                        variables.Remove("RRS_ACCESS_TOKEN");
                    }

                    if (i >= 0)
                    {
                        variables[names[i]] = value;
                    }

                    ToolRun run =
                        await RunAsync(["session", "list"], variables, asked => names.AddRange(names.Contains(asked) ? [] : [asked]));

                    AssertSentence(run, $"{(i < 0 ? "nothing" : names[i])}={value}");
                }
            }
        }

        Assert.Superset(
            new HashSet<string> { "RRS_ENDPOINT", "RRS_ACCOUNT_ID", "RRS_ACCOUNT_DOMAIN", "RRS_ACCOUNT_KEY", "RRS_ACCESS_TOKEN" },
            names.ToHashSet());
    }

    [Theory]
    [InlineData("--minutes", "1", "1440")]
    [InlineData("--boot-seconds", "0", "0.5", "86400")]
    [InlineData("--size", "Standard", "premium")]
    public async Task Value_InRange_IsTaken(string name, params string[] values)
    {
        foreach (string value in values)
        {
            string[] command = name == "--boot-seconds" ? ["emulator"] : ["session", "create"];
            ToolRun run = await RunAsync([.. command, name, value], ServiceVariables());
            Assert.True(run.ExitCode == ExitCodes.Done, $"{name} {value}: {run}");
        }
    }

    [Theory]
    [InlineData("--minutes must be a whole number from 1 to 1440, not 'abc'.", "session", "create", "--minutes", "abc")]
    [InlineData("--boot-seconds must be a number from 0 to 86400, such as 1.5, not '1,5'.", "emulator", "--boot-seconds", "1,5")]
    [InlineData("--size must be Standard or Premium, not 'Huge'.", "session", "create", "--size", "Huge")]
    [InlineData("--http-port and --https-port must differ.", "emulator", "--http-port", "39997", "--https-port", "39997")]
    public async Task WrongValue_IsNamedWithWhatIsRight(string sentence, params string[] arguments)
    {
        ToolRun run = await RunAsync(arguments, []);

        Assert.Equal(ExitCodes.WrongArguments, run.ExitCode);
        Assert.Equal(sentence, run.Error.Split(Environment.NewLine)[0]);
    }

    private static void AssertSentence(ToolRun run, string what)
    {
        Assert.True(run.ExitCode is ExitCodes.Done or ExitCodes.Failed or ExitCodes.WrongArguments, $"{what}: {run}");
        Assert.True(run.ExitCode == ExitCodes.Done || !string.IsNullOrWhiteSpace(run.Error), $"{what}: {run}");
        foreach (string line in run.Error.Split(Environment.NewLine))
        {
            Assert.False(Trace().IsMatch(line) || line.Length > 1_200 || line.Any(char.IsControl), $"{what}: {run}");
        }
    }

    private static IEnumerable<(string[] Path, Command Command)> Commands(Command command, params string[] path)
        => command.Subcommands.SelectMany(sub => Commands(sub, [.. path, sub.Name])).Prepend((path, command));

    private static IEnumerable<Symbol> Symbols(Command command)
        => command.Options.Cast<Symbol>().Concat(command.Arguments).Concat(Recursive(command));

    private static IEnumerable<Symbol> Recursive(Symbol symbol)
        => symbol.Parents.OfType<Command>()
            .SelectMany(static parent => parent.Options.Where(static option => option.Recursive).Concat(Recursive(parent)));

    private static string Below(string folder, string value) => value.Length == 0 || value[0] is '/' or '\0' ? value : $"{folder}/{value}";

    private static string[][] Spellings(Symbol symbol, string value)
    {
        string name = symbol.Name;
        return symbol is Option ? [[$"{name}={value}"], [name, value], [name, value, name, value]] : [[value]];
    }

    private static IEnumerable<string> Others(Command command, Symbol besides)
        => command.Arguments.Where(argument => argument != besides).Select(static _ => "some-session");

    /// <summary>Returns how to reach the emulator, with a token: with a key, a hostile domain would be looked up in the network.</summary>
    private Dictionary<string, string> ServiceVariables() => new()
    {
        ["RRS_ENDPOINT"] = _emulator.HttpEndpoint!.ToString(),
        ["RRS_ACCESS_TOKEN"] = _emulator.CreateAccessToken(),
    };

    private static async Task<ToolRun> RunAsync(string[] arguments, Dictionary<string, string> variables, Action<string>? asked = null)
    {
        using var end = new CancellationTokenSource();
        using var output = arguments is ["emulator", ..] ? new FirstLineWriter(end) : new StringWriter();
        using var error = new StringWriter();
        int exitCode = await ToolCommand.RunAsync(arguments, output, error, Environment, end.Token).WaitAsync(Patience);
        return new ToolRun(exitCode, output.ToString(), error.ToString());

        string? Environment(string name)
        {
            asked?.Invoke(name);
            return variables.GetValueOrDefault(name);
        }
    }

    [GeneratedRegex(@"^\s+at |Exception|System\.|\(Parameter ")]
    private static partial Regex Trace();
}
