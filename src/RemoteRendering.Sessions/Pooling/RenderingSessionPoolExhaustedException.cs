namespace RemoteRendering.Sessions;

/// <summary>The exception that is thrown when a pool has no session and has reached its cost cap.</summary>
public class RenderingSessionPoolExhaustedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">A message that describes the error.</param>
    public RenderingSessionPoolExhaustedException(string message)
        : base(message)
    {
    }
}
