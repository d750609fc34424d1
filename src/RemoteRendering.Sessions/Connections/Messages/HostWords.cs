using System.Text;

namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>
/// Sanitizes text of a host for messages and logs: limits its length, and removes line breaks and terminal control characters.
/// </summary>
internal static class HostWords
{
    /// <summary>The longest text of a host in a message about a connection, in characters.</summary>
    public const int Longest = 256;

    /// <summary>The longest text of a host in the error of a request, in characters: it may contain a file name.</summary>
    public const int LongestOfARequest = 1024;

    /// <summary>Truncates a text and removes control characters.</summary>
    /// <param name="text">The text of the host.</param>
    /// <param name="longest">The largest number of characters to keep.</param>
    /// <returns>The text; <see langword="null"/> when nothing is left.</returns>
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

    /// <summary>Appends a character. Line breaks, control characters and direction marks become one space.</summary>
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
