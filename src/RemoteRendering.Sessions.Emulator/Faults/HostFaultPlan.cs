namespace RemoteRendering.Sessions.Emulator;

/// <summary>
/// Random faults on the wire that a seed replays: what happens to the n-th frame in one direction of the m-th link depends on the seed, n,
/// m and the direction alone, not on threads or time.
/// </summary>
public sealed class HostFaultPlan
{
    /// <summary>Creates a plan in which nothing happens until probabilities are set.</summary>
    /// <param name="seed">What the plan is drawn from.</param>
    public HostFaultPlan(int seed) => Seed = seed;

    /// <summary>Gets the seed.</summary>
    public int Seed { get; }

    /// <summary>Gets or sets how probable it is, per frame, that the link is cut instead of the frame being delivered.</summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double Cut
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>Gets or sets how probable it is, per frame to the client, that only its beginning is sent before the link is cut.</summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double Truncate
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>Gets or sets how probable it is, per frame, that the link becomes half-open: from here on bytes vanish both ways.</summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double HalfOpen
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>
    /// Gets or sets how probable it is, per frame, that it is late by up to <see cref="MaxDelay"/>. Frames of a link keep their order.
    /// </summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double Delay
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>Gets or sets by how much a frame is late at most.</summary>
    /// <value>500 ms by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan MaxDelay
    {
        get;
        set => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A frame cannot be early; give a time that is not negative.");
    } = TimeSpan.FromMilliseconds(500);

    /// <summary>Gets or sets how probable it is, per link, that the upgrade is refused with 503.</summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double RefuseUpgrade
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>Gets or sets how probable it is, per link, that it is dropped as soon as it has been accepted.</summary>
    /// <value>0 by default; 0 to 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a probability.</exception>
    public double DropAfterAccept
    {
        get;
        set => field = Probability(value);
    }

    /// <summary>A source for one lane of one link, the same for the same seed.</summary>
    internal Random CreateRandom(int link, int lane)
    {
        unchecked
        {
            uint mixed = (uint)Seed * 0x9E3779B1u;
            mixed = (mixed ^ (uint)link) * 0x85EBCA77u;
            mixed = (mixed ^ (uint)lane) * 0xC2B2AE3Du;
            return new Random((int)(mixed ^ (mixed >> 15)));
        }
    }

    private static double Probability(double value) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A probability lies between 0 and 1.");
}
