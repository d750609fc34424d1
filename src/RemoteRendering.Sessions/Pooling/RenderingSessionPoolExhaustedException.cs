namespace RemoteRendering.Sessions;

/// <summary>A pool has no session to give and may not buy another: its cost cap is reached.</summary>
public class RenderingSessionPoolExhaustedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was reached.</param>
    public RenderingSessionPoolExhaustedException(string message)
        : base(message)
    {
    }
}
