namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>Keeps what is written, and cancels with the first line: the emulator has said then that it runs.</summary>
internal sealed class FirstLineWriter(CancellationTokenSource end) : StringWriter
{
    public override async Task WriteLineAsync(string? value)
    {
        await base.WriteLineAsync(value);
        await end.CancelAsync();
    }
}
