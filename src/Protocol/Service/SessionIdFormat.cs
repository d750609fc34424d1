namespace RemoteRendering.Sessions.Protocol.Service;

/// <summary>The protocol's rule for session ids: 1 to 256 letters, digits, '-' and '_'.</summary>
internal static class SessionIdFormat
{
    public const int MaxLength = 256;

    /// <summary>Whether a session id may have a character. The letters and digits are the ASCII ones.</summary>
    public static bool Allows(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

    public static bool IsValid(string id)
    {
        if (id.Length is 0 or > MaxLength)
        {
            return false;
        }

        foreach (char c in id)
        {
            if (!Allows(c))
            {
                return false;
            }
        }

        return true;
    }
}
