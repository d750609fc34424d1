namespace RemoteRendering.Sessions.Scene;

/// <summary>A write that the host did not apply.</summary>
public class RefusedSceneWrite
{
    /// <summary>Creates one.</summary>
    /// <param name="entity">The entity; <see langword="null"/> when it is gone by now.</param>
    /// <param name="error">Why.</param>
    /// <param name="reason">The host's word for it, or <see langword="null"/>.</param>
    public RefusedSceneWrite(Entity? entity, RenderingSceneError error, string? reason)
    {
        Entity = entity;
        Error = error;
        Reason = reason;
    }

    /// <summary>Gets the entity; <see langword="null"/> when it is gone by now.</summary>
    public Entity? Entity { get; }

    /// <summary>Gets why.</summary>
    public RenderingSceneError Error { get; }

    /// <summary>Gets the host's word for it; <see langword="null"/> without one.</summary>
    public string? Reason { get; }
}
