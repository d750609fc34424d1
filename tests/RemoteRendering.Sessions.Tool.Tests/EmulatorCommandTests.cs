using System.Text.Json;
using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tool.Tests;

public class EmulatorCommandTests
{
    [Fact]
    public async Task Emulator_SaysWhereItIsAndServesUntilCancelled()
    {
        using var end = new CancellationTokenSource();
        using var output = new LineWriter();
        Task<int> running = ToolCommand.RunAsync(["emulator", "--boot-seconds", "0"], output, TextWriter.Null, static _ => null, end.Token);

        using JsonDocument announced = JsonDocument.Parse(await output.Lines.ReadAsync(TestContext.Current.CancellationToken));
        string endpoint = announced.RootElement.GetProperty("http").GetString()!;
        ToolRun listed = await ToolRun.RunAsync("session", "list", "--json", "--endpoint", endpoint);
        await end.CancelAsync();

        Assert.Equal(ToolCommand.Done, listed.ExitCode);
        Assert.Equal(ToolCommand.Done, await running);
        Assert.StartsWith("https://127.0.0.1:", announced.RootElement.GetProperty("https").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Hands each line on as soon as it is written.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

        public ChannelReader<string> Lines => _lines.Reader;

        public override Task WriteLineAsync(string? value)
        {
            _lines.Writer.TryWrite(value ?? string.Empty);
            return Task.CompletedTask;
        }
    }
}
