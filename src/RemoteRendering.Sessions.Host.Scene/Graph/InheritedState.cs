namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>What follows for an entity from itself and all that it stands below.</summary>
/// <param name="World">From its own space to the world.</param>
/// <param name="IsEnabled">Whether it and all above it are enabled.</param>
/// <param name="States">The hierarchical states that are on.</param>
/// <param name="Tint">The colour that counts when the state for it is on.</param>
internal readonly record struct InheritedState(Placement World, bool IsEnabled, uint States, uint Tint)
{
    public static InheritedState Top { get; } = new(Placement.Identity, IsEnabled: true, 0, 0);

    public bool IsSeen => IsEnabled && (States & StateOverride.Hidden) == 0;

    public bool Collides => IsSeen && (States & StateOverride.DisableCollision) == 0;
}
