using System.Text.Json;

namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a part of a file that the host left out of the loaded model, or changed.</summary>
public class LoadModelWarning
{
    /// <summary>Creates a warning.</summary>
    /// <param name="code">The kind.</param>
    /// <param name="place">The place in the file.</param>
    /// <param name="message">A message that describes the part that is left out, and the reason.</param>
    /// <exception cref="ArgumentNullException"><paramref name="place"/> or <paramref name="message"/> is null.</exception>
    public LoadModelWarning(LoadModelWarningCode code, string place, string message)
    {
        Code = code;
        Place = place ?? throw new ArgumentNullException(nameof(place));
        Message = message ?? throw new ArgumentNullException(nameof(message));
    }

    /// <summary>Gets the kind.</summary>
    public LoadModelWarningCode Code { get; }

    /// <summary>Gets the place in the file, for example <c>node 3 'arm'</c>.</summary>
    public string Place { get; }

    /// <summary>Gets the message that describes the part that is left out, and the reason.</summary>
    public string Message { get; }

    /// <summary>Returns the place and the message.</summary>
    /// <returns>One line of text.</returns>
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
                Enum.TryParse(code, ignoreCase: true, out LoadModelWarningCode known)
                    && string.Equals(code, known.ToString(), StringComparison.OrdinalIgnoreCase)
                    ? known
                    : LoadModelWarningCode.Other,
                Text(item, "place") ?? string.Empty,
                Text(item, "text") ?? string.Empty));
        }

        return warnings;
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
