using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Checks session ids that a caller passes.</summary>
internal static class SessionIdRule
{
    public static void Validate(string? sessionId, string parameter)
    {
        Guard.NotNull(sessionId, parameter);
        if (sessionId.Length == 0)
        {
            throw new ArgumentException("A session id must not be empty.", parameter);
        }

        if (sessionId.Length > SessionIdFormat.MaxLength)
        {
            throw new ArgumentException($"A session id has at most {SessionIdFormat.MaxLength} characters; this one has {sessionId.Length}.", parameter);
        }

        foreach (char c in sessionId)
        {
            if (!SessionIdFormat.Allows(c))
            {
                throw new ArgumentException($"A session id has only letters, digits, '-' and '_'; '{sessionId}' has '{c}'.", parameter);
            }
        }
    }
}
