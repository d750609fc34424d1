using System.Text;
using Spectre.Console;

namespace RemoteRendering.Sessions.Tool.Sessions;

/// <summary>A console wide enough that no id is ever broken over two lines: output may be a file or a pipe.</summary>
internal sealed class PlainConsoleOutput(TextWriter writer) : IAnsiConsoleOutput
{
    public TextWriter Writer => writer;

    public bool IsTerminal => false;

    public int Width => 1_000;

    public int Height => 100;

    public void SetEncoding(Encoding encoding)
    {
        // The writer has its own.
    }
}
