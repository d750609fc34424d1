namespace RemoteRendering.Sessions.Scene;

/// <summary>What a scene needs of the part that sends its writes and asks its queries.</summary>
internal interface ISceneClient
{
    /// <summary>Notes that something was written: it is sent with the next tick.</summary>
    void OnDirty_NeedsGate();

    /// <summary>Warns, once for each state, when the host does nothing with one that is used.</summary>
    void WarnOf_NeedsGate(HierarchicalStates states);

    /// <summary>Asks the host for the box around an entity and all below it.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="space">Whose coordinates: <c>local</c> or <c>world</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    Task<Bounds?> QueryBoundsAsync(Entity entity, string space, CancellationToken cancellationToken);

    /// <summary>Asks the host for the metadata of an entity.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata, empty when there is none.</returns>
    Task<ObjectMetadata> QueryMetadataAsync(Entity entity, CancellationToken cancellationToken);
}
