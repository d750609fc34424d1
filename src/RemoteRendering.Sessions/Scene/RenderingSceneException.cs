namespace RemoteRendering.Sessions.Scene;

/// <summary>Something about a scene could not be done. Scene and connection are as good as before. <see cref="Error"/> says why, for programs.</summary>
public class RenderingSceneException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">The same for people.</param>
    public RenderingSceneException(RenderingSceneError error, string message)
        : this(error, message, null, null, null)
    {
    }

    /// <summary>Creates the exception with what it is about.</summary>
    /// <param name="error">Why.</param>
    /// <param name="message">The same for people.</param>
    /// <param name="entity">The entity that it is about, or <see langword="null"/>.</param>
    /// <param name="file">The file that it is about, without the query of its address, or <see langword="null"/>.</param>
    /// <param name="innerException">What lies behind it, or <see langword="null"/>.</param>
    public RenderingSceneException(RenderingSceneError error, string message, Entity? entity, string? file, Exception? innerException)
        : base(message, innerException)
    {
        Error = error;
        Entity = entity;
        File = file;
    }

    /// <summary>Gets why, for programs. A number that is not one of the enumeration comes from a host that knows more.</summary>
    public RenderingSceneError Error { get; }

    /// <summary>Gets the entity that it is about; <see langword="null"/> when it is about none.</summary>
    public Entity? Entity { get; }

    /// <summary>Gets the file that it is about, without the query of its address, which may be a secret; <see langword="null"/> when it is about none.</summary>
    public string? File { get; }
}
