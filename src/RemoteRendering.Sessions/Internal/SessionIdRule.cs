namespace RemoteRendering.Sessions.Internal;

/// <summary>Validates session ids by the rule of the protocol: 1 to 256 letters, digits, '-' and '_'.</summary>
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
            throw new ArgumentException(
                $"A session id must have at most {MaxLength} characters; this one has {sessionId.Length}.", parameter);
        }

        foreach (char c in sessionId)
        {
            // The service accepts ASCII letters only.
            bool allowed = c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';
            if (!allowed)
            {
                throw new ArgumentException(
                    $"A session id must contain only letters, digits, '-' and '_'; '{sessionId}' contains '{c}'.", parameter);
            }
        }
    }
}
