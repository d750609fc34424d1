using System.Globalization;

namespace RemoteRendering.Sessions.Internal;

/// <summary>
/// Validates that a key or token can be sent in a header unchanged: visible ASCII characters only. The problem is described without the
/// secret.
/// </summary>
internal static class CredentialText
{
    /// <summary>Finds the problem of a secret.</summary>
    /// <param name="secret">The key or token.</param>
    /// <returns>The problem, to follow the name of the secret in a sentence; <see langword="null"/> when there is none.</returns>
    public static string? FindProblem(string? secret)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return "is empty";
        }

        if (char.IsWhiteSpace(secret![secret.Length - 1]))
        {
            return "has white space at its end, for example the line break of the file that it was read from; remove it";
        }

        if (char.IsWhiteSpace(secret[0]))
        {
            return "has white space at its start; remove it";
        }

        for (int i = 0; i < secret.Length; i++)
        {
            if (secret[i] is <= ' ' or > '~')
            {
                return string.Format(CultureInfo.InvariantCulture, "has the character U+{0:X4} at index {1} of {2} characters, which is "
                    + "invalid in an HTTP header; only visible ASCII characters are allowed", (int)secret[i], i, secret.Length);
            }
        }

        return null;
    }
}
