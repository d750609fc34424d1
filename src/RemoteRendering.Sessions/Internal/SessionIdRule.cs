using RemoteRendering.Sessions.Protocol.Service;

namespace RemoteRendering.Sessions.Internal;

/// <summary>Validates session ids by the rule of the protocol: 1 to 256 letters, digits, '-' and '_'.</summary>
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
            throw new ArgumentException(
                $"A session id must have at most {SessionIdFormat.MaxLength} characters; this one has {sessionId.Length}.", parameter);
        }

        foreach (char c in sessionId)
        {
            if (!SessionIdFormat.Allows(c))
            {
                throw new ArgumentException(
                    $"A session id must contain only letters, digits, '-' and '_'; '{sessionId}' contains '{c}'.", parameter);
            }
        }
    }
}
