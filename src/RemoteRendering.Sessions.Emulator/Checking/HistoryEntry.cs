using System.Text.Json;

namespace RemoteRendering.Sessions.Emulator.Checking;

/// <summary>One line of a history.</summary>
internal sealed class HistoryEntry
{
    private readonly JsonElement _members;

    private HistoryEntry(int lineNumber, string text, JsonElement members)
    {
        LineNumber = lineNumber;
        Text = text;
        _members = members;
        SessionId = TextOf("session");
        Kind = TextOf("kind") ?? "";
    }

    public int LineNumber { get; }

    public string Text { get; }

    public string? SessionId { get; }

    public string Kind { get; }

    /// <summary>Gets the number of the event in its history.</summary>
    public long Number => Whole("n") ?? 0;

    /// <summary>Gets the host's monotonic time in milliseconds.</summary>
    public double Time => Fraction("t") ?? 0;

    public long Epoch => Whole("epoch") ?? 0;

    /// <summary>Reads a line; the finding says what is wrong with one that cannot be read.</summary>
    public static HistoryEntry? Parse(int lineNumber, string text, out HistoryFinding? finding)
    {
        finding = null;
        var entry = new HistoryEntry(lineNumber, text, Members(text));
        string? missing =
            entry._members.ValueKind != JsonValueKind.Object ? "is not a JSON object" :
            entry.Whole("n") is null ? "has no whole number 'n'" :
            entry.Fraction("t") is null ? "has no number 't'" :
            entry.Kind.Length == 0 ? "has no text 'kind'" :
            null;
        if (missing is null)
        {
            return entry;
        }

        finding = new HistoryFinding(HistoryRule.Format, $"The line {missing}.", [entry]);
        return null;
    }

    public string? TextOf(string name) =>
        TryGet(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    public long? Whole(string name) =>
        TryGet(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long value)
            ? value
            : null;

    public double? Fraction(string name) =>
        TryGet(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out double value)
            ? value
            : null;

    public bool IsTrue(string name) => TryGet(name, out JsonElement member) && member.ValueKind == JsonValueKind.True;

    private static JsonElement Members(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private bool TryGet(string name, out JsonElement member)
    {
        member = default;
        return _members.ValueKind == JsonValueKind.Object && _members.TryGetProperty(name, out member);
    }
}
