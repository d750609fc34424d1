using System.Threading.Channels;

namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>Hands each line on as soon as it is written.</summary>
internal sealed class LineWriter : StringWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public ChannelReader<string> Lines => _lines.Reader;

    public override Task WriteLineAsync(string? value)
    {
        _lines.Writer.TryWrite(value ?? string.Empty);
        return Task.CompletedTask;
    }
}
