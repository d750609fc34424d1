using System.Globalization;
using System.Text;
using RemoteRendering.Sessions.Emulator.Checking;

namespace RemoteRendering.Sessions.Emulator;

/// <summary>A place where a history breaks a rule.</summary>
public sealed class HistoryFinding
{
    internal HistoryFinding(HistoryRule rule, string message, IReadOnlyList<HistoryEntry> entries)
    {
        Rule = rule;
        Message = message;
        SessionId = entries.Count > 0 ? entries[^1].SessionId : null;
        LineNumbers = [.. entries.Select(entry => entry.LineNumber)];
        Lines = [.. entries.Select(entry => entry.Text)];
    }

    /// <summary>Gets the rule that is broken.</summary>
    public HistoryRule Rule { get; }

    /// <summary>Gets what is wrong, for people.</summary>
    public string Message { get; }

    /// <summary>Gets the session it is about; <see langword="null"/> when it is about none.</summary>
    public string? SessionId { get; }

    /// <summary>Gets the numbers of the lines at fault, from 1; the last is the one that broke the rule.</summary>
    public IReadOnlyList<int> LineNumbers { get; }

    /// <summary>Gets the lines at fault, in the order of <see cref="LineNumbers"/>.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Says what is wrong and shows the lines.</summary>
    /// <returns>A text of several lines.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Rule}: {Message}");
        for (int i = 0; i < Lines.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  line {LineNumbers[i]}: {Lines[i]}");
        }

        return text.ToString();
    }
}
