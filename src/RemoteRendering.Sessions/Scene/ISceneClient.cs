namespace RemoteRendering.Sessions.Scene;

/// <summary>The members that a scene needs of the client that sends its writes and queries.</summary>
internal interface ISceneClient
{
    /// <summary>Schedules a tick after a write.</summary>
    void OnDirty_NeedsGate();

    /// <summary>Logs a warning, once for each state, when a state is used that the host does not implement.</summary>
    void WarnOf_NeedsGate(HierarchicalStates states);

    /// <summary>Queries the bounding box of an entity and all its descendants.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="space">The coordinates: <c>local</c> or <c>world</c>.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The box; <see langword="null"/> when there is no mesh.</returns>
    Task<Bounds?> QueryBoundsAsync(Entity entity, string space, CancellationToken cancellationToken);

    /// <summary>Queries the metadata of an entity.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>The metadata. Empty when there is none.</returns>
    Task<ObjectMetadata> QueryMetadataAsync(Entity entity, CancellationToken cancellationToken);
}
