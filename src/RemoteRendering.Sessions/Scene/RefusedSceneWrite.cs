namespace RemoteRendering.Sessions.Scene;

/// <summary>Represents a write to the scene that the host did not apply.</summary>
public class RefusedSceneWrite
{
    /// <summary>Creates a refused write.</summary>
    /// <param name="entity">The entity; <see langword="null"/> when it no longer exists.</param>
    /// <param name="error">The error code.</param>
    /// <param name="reason">The reason code of the host, or <see langword="null"/>.</param>
    public RefusedSceneWrite(Entity? entity, RenderingSceneError error, string? reason)
    {
        Entity = entity;
        Error = error;
        Reason = reason;
    }

    /// <summary>Gets the entity; <see langword="null"/> when it no longer exists.</summary>
    public Entity? Entity { get; }

    /// <summary>Gets the error code.</summary>
    public RenderingSceneError Error { get; }

    /// <summary>Gets the reason code of the host, or <see langword="null"/>.</summary>
    public string? Reason { get; }
}
