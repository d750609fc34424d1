using System.Diagnostics.CodeAnalysis;

namespace ModelViewer;

/// <summary>Which model, and where the pictures go.</summary>
internal sealed class Arguments
{
    public const string Usage = """
        ModelViewer [FILE] [--output FOLDER]
          FILE      a GLB or glTF, or a folder with one; without it the engine that every host has
          FOLDER    where the pictures and the page go; without it a new folder for temporary files
        """;

    private string? _output;

    /// <summary>Gets the file; null for the built-in model.</summary>
    public string? Model { get; private set; }

    public string Name => Model is null ? "builtin://Engine" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Model));

    public string Output => _output ??= Directory.CreateTempSubdirectory("model-viewer-").FullName;

    public static bool TryParse(string[] args, [NotNullWhen(true)] out Arguments? arguments, [NotNullWhen(false)] out string? problem)
    {
        arguments = null;
        var read = new Arguments();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--output" && i + 1 < args.Length)
            {
                read._output = args[++i];
            }
            else if (args[i].StartsWith('-') || read.Model is not null)
            {
                problem = $"'{args[i]}' is not an argument, or lacks its value.";
                return false;
            }
            else
            {
                read.Model = args[i];
            }
        }

        if (read.Model is not null && !Path.Exists(read.Model))
        {
            problem = $"There is no file or folder '{read.Model}'.";
            return false;
        }

        arguments = read;
        problem = null;
        return true;
    }
}
