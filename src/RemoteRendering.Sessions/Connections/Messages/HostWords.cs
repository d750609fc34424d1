using System.Text;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Makes what a host says fit for messages and logs: short, on one line, and without what a terminal would obey.</summary>
internal static class HostWords
{
    /// <summary>The longest text of a host in a message about a connection, in characters.</summary>
    public const int Longest = 256;

    /// <summary>The longest text of a host in the error of a request, in characters: it may name a file.</summary>
    public const int LongestOfARequest = 1024;

    /// <summary>Clips a text and takes out what cannot be shown.</summary>
    /// <param name="text">What the host said.</param>
    /// <param name="longest">The most characters of it to keep.</param>
    /// <returns>The text; <see langword="null"/> when nothing of it is left.</returns>
    public static string? Clean(string? text, int longest = Longest)
    {
        if (text is null || text.Length == 0)
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, longest + 1));
        bool isCut = false;
        for (int index = 0; index < text.Length; index++)
        {
            bool isPair = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
            isCut = clean.Length + (isPair ? 2 : 1) > longest;
            if (isCut)
            {
                break;
            }

            if (isPair)
            {
                clean.Append(text[index]).Append(text[++index]);
            }
            else if (!char.IsSurrogate(text[index]))
            {
                Append(clean, text[index]);
            }
        }

        string kept = clean.ToString().TrimEnd();
        return kept.Length == 0 ? null : isCut ? kept + "…" : kept;
    }

    /// <summary>What breaks a line, steers a terminal or turns the direction of writing becomes one space.</summary>
    private static void Append(StringBuilder clean, char character)
    {
        bool isShown = char.GetUnicodeCategory(character) is not (
            System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
            or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator);
        if (isShown && character != ' ')
        {
            clean.Append(character);
        }
        else if (clean.Length > 0 && clean[clean.Length - 1] != ' ')
        {
            clean.Append(' ');
        }
    }
}
