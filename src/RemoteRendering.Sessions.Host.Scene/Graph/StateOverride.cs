namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>Hierarchical states that an entity forces on itself and its descendants.</summary>
/// <param name="On">Bits that are forced on.</param>
/// <param name="Off">Bits that are forced off; a bit in both is on.</param>
/// <param name="Tint">RGBA, red in the lowest byte; counts where the bit for it is on.</param>
/// <param name="FilterMask">Which cut planes cut, where the bit for it is on. Kept; this host does not filter.</param>
internal readonly record struct StateOverride(uint On, uint Off, uint Tint, byte FilterMask = 255)
{
    public const uint Hidden = 1;
    public const uint UseTint = 8;
    public const uint DisableCollision = 16;

    /// <summary>What follows for an entity whose ancestors have these states.</summary>
    public (uint States, uint Tint) ApplyTo(uint states, uint tint) => ((states & ~Off) | On, (On & UseTint) != 0 ? Tint : tint);
}
