using System.Diagnostics;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// A process in which every method is compiled once and for all, so that what it allocates does not depend on how often it ran before.
/// </summary>
internal static class OneTierProcess
{
    private const string Variable = "DOTNET_TieredCompilation";
    private const string PartPrefix = "part ";

    /// <summary>Gets a value indicating whether this process is one.</summary>
    public static bool IsThis => Environment.GetEnvironmentVariable(Variable) == "0";

    /// <summary>Measures a figure in such a process.</summary>
    /// <param name="figure">The name of the figure.</param>
    /// <returns>The parts of the figure.</returns>
    public static async Task<IReadOnlyList<FigurePart>> MeasureAsync(string figure)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OneTierProcess).Assembly.Location);
        }

        start.ArgumentList.Add("parts");
        start.ArgumentList.Add(figure);
        start.Environment[Variable] = "0";
        using Process process = Process.Start(start)!;
        var parts = new List<FigurePart>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(PartPrefix, StringComparison.Ordinal))
            {
                Console.WriteLine(line);
                continue;
            }

            string[] part = line[PartPrefix.Length..].Split(' ', 2);
            parts.Add(FigurePart.Rule(part[1], bool.Parse(part[0])));
        }

        await process.WaitForExitAsync();
        return process.ExitCode == 0 && parts.Count > 0
            ? parts
            : throw new InvalidOperationException($"The process that measures '{figure}' ended with {process.ExitCode}.");
    }

    /// <summary>What the other process does: measures and writes the parts.</summary>
    /// <param name="name">The name of the figure.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string name)
    {
        foreach (FigurePart part in await FigureCatalog.All.Single(figure => figure.Name == name).MeasureAsync())
        {
            Console.WriteLine($"{PartPrefix}{part.IsReached} {part.Text}");
        }

        return 0;
    }
}
