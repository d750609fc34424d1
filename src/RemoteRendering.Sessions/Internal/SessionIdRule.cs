namespace RemoteRendering.Sessions.Internal;

/// <summary>The protocol's rule for session ids: 1 to 256 letters, digits, '-' and '_'.</summary>
internal static class SessionIdRule
{
    public const int MaxLength = 256;

    public static void Validate(string? sessionId, string parameter)
    {
        Guard.NotNull(sessionId, parameter);
        if (sessionId.Length == 0)
        {
            throw new ArgumentException("A session id must not be empty.", parameter);
        }

        if (sessionId.Length > MaxLength)
        {
            throw new ArgumentException($"A session id has at most {MaxLength} characters; this one has {sessionId.Length}.", parameter);
        }

        foreach (char c in sessionId)
        {
            // The service's letters are the ASCII ones.
            bool allowed = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
            if (!allowed)
            {
                throw new ArgumentException($"A session id has only letters, digits, '-' and '_'; '{sessionId}' has '{c}'.", parameter);
            }
        }
    }
}
