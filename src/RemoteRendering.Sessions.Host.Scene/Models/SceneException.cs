namespace RemoteRendering.Sessions.Host.Scene;

/// <summary>A request that the scene refuses, with a message for the client: the file without its query, or the entity.</summary>
public class SceneException : Exception
{
    /// <summary>Creates an exception.</summary>
    /// <param name="code">The code of the error.</param>
    /// <param name="message">The message for the client.</param>
    /// <param name="innerException">The cause; stays on the host.</param>
    public SceneException(SceneErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>Gets the code of the error.</summary>
    public SceneErrorCode Code { get; }

    internal static SceneException NoEntity(uint id) => new(SceneErrorCode.InvalidId, $"There is no entity {id}.");
}
