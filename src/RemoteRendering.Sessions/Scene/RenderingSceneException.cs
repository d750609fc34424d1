namespace RemoteRendering.Sessions.Scene;

/// <summary>
/// The exception that is thrown when a scene operation fails. Scene and connection are not affected. <see cref="Error"/> is the error code.
/// </summary>
public class RenderingSceneException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    public RenderingSceneException(RenderingSceneError error, string message)
        : this(error, message, null, null, null)
    {
    }

    /// <summary>Creates the exception with the entity or the file that it concerns.</summary>
    /// <param name="error">The error code.</param>
    /// <param name="message">A message that describes the error.</param>
    /// <param name="entity">The entity that it concerns, or <see langword="null"/>.</param>
    /// <param name="file">The file that it concerns, without the query of its address, or <see langword="null"/>.</param>
    /// <param name="innerException">The inner exception, or <see langword="null"/>.</param>
    public RenderingSceneException(RenderingSceneError error, string message, Entity? entity, string? file, Exception? innerException)
        : base(message, innerException)
    {
        Error = error;
        Entity = entity;
        File = file;
    }

    /// <summary>Gets the error code. A value outside the enumeration comes from a newer host.</summary>
    public RenderingSceneError Error { get; }

    /// <summary>Gets the entity that the error concerns, or <see langword="null"/>.</summary>
    public Entity? Entity { get; }

    /// <summary>
    /// Gets the file that the error concerns, without the query of its address, which may be a secret, or <see langword="null"/>.
    /// </summary>
    public string? File { get; }
}
