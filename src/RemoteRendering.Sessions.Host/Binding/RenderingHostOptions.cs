using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Host;

/// <summary>Represents the options of a <see cref="RenderingHost"/>. They are read when a link binds; change them before that.</summary>
public sealed class RenderingHostOptions
{
    private TimeSpan _resumeGrace = TimeSpan.FromSeconds(60);
    private TimeSpan _keepAlive = TimeSpan.FromSeconds(5);
    private TimeSpan _deadAfter = TimeSpan.FromSeconds(15);
    private TimeSpan _bindDeadline = TimeSpan.FromSeconds(10);
    private int _maxMessageBytes = HostLimits.MessageBytes;

    /// <summary>Gets or sets how long the host keeps a binding, with its scene and its requests, after its link was lost.</summary>
    /// <value>60 seconds by default; 0 to 1 hour. With 0 a lost link ends the binding.</value>
    /// <remarks>
    /// With less than <see cref="DeadAfter"/> another device may be bound before this one notices that it has lost its link.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan ResumeGrace
    {
        get => _resumeGrace;
        set => _resumeGrace = InRange(value, TimeSpan.Zero, TimeSpan.FromHours(1));
    }

    /// <summary>Gets or sets how long an end of a link may stay silent before it must send a sign of life.</summary>
    /// <value>5 seconds by default; 1 millisecond to 10 minutes. Should be at most a third of <see cref="DeadAfter"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan KeepAlive
    {
        get => _keepAlive;
        set => _keepAlive = InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
    }

    /// <summary>Gets or sets after how much silence a link is regarded as dead.</summary>
    /// <value>15 seconds by default; 1 millisecond to 1 hour. Must be longer than <see cref="KeepAlive"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan DeadAfter
    {
        get => _deadAfter;
        set => _deadAfter = InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    }

    /// <summary>Gets or sets how long the host waits for the <c>bind</c> of a new link.</summary>
    /// <value>10 seconds by default; 1 millisecond to 1 hour.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan BindDeadline
    {
        get => _bindDeadline;
        set => _bindDeadline = InRange(value, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
    }

    /// <summary>Gets or sets the largest message the host takes.</summary>
    /// <value>1,048,576 bytes by default; 1 KiB to 64 MiB.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int MaxMessageBytes
    {
        get => _maxMessageBytes;
        set => _maxMessageBytes = value is >= 1024 and <= 64 * 1024 * 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit must be between 1,024 and 67,108,864 bytes.");
    }

    /// <summary>Gets or sets whether a session is free for every device once its holder has left in order or its grace is over.</summary>
    /// <value>
    /// <see langword="false"/> by default: a session belongs to the device that bound it first until the session stops.
    /// </value>
    public bool ReleaseOnDisconnect { get; set; }

    /// <summary>Gets or sets whether a device may take a session over from another one by asking for it.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool AllowTakeOver { get; set; }

    internal void Validate()
    {
        if (_deadAfter <= _keepAlive)
        {
            throw new InvalidOperationException(
                $"DeadAfter ({_deadAfter}) must be longer than KeepAlive ({_keepAlive}), else every quiet link is dead. Good values are 15 "
                    + "s and 5 s.");
        }
    }

    private static TimeSpan InRange(TimeSpan value, TimeSpan minimum, TimeSpan maximum) =>
        value >= minimum && value <= maximum
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The time must be between {minimum} and {maximum}.");
}
