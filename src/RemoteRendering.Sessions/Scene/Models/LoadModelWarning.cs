using System.Text.Json;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Something of a file that is not in the model which was loaded from it.</summary>
public class LoadModelWarning
{
    /// <summary>Creates a warning.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="place">The place in the file.</param>
    /// <param name="message">What is left out, and why.</param>
    /// <exception cref="ArgumentNullException"><paramref name="place"/> or <paramref name="message"/> is null.</exception>
    public LoadModelWarning(LoadModelWarningCode code, string place, string message)
    {
        Code = code;
        Place = place ?? throw new ArgumentNullException(nameof(place));
        Message = message ?? throw new ArgumentNullException(nameof(message));
    }

    /// <summary>Gets the kind.</summary>
    public LoadModelWarningCode Code { get; }

    /// <summary>Gets the place in the file, as <c>node 3 'arm'</c>.</summary>
    public string Place { get; }

    /// <summary>Gets a sentence that says what is left out, and why.</summary>
    public string Message { get; }

    /// <summary>Returns the place and the message.</summary>
    /// <returns>Both, for people.</returns>
    public override string ToString() => $"{Place}: {Message}";

    internal static IReadOnlyList<LoadModelWarning> ReadAll(JsonElement answer)
    {
        if (!answer.TryGetProperty("warnings", out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var warnings = new List<LoadModelWarning>(list.GetArrayLength());
        foreach (JsonElement item in list.EnumerateArray())
        {
            string? code = Text(item, "code");
            warnings.Add(new LoadModelWarning(
                Enum.TryParse(code, ignoreCase: true, out LoadModelWarningCode known) && string.Equals(code, known.ToString(), StringComparison.OrdinalIgnoreCase) ? known : LoadModelWarningCode.Other,
                Text(item, "place") ?? string.Empty,
                Text(item, "text") ?? string.Empty));
        }

        return warnings;
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
