using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>What a new session should be.</summary>
public class RenderingSessionCreationOptions
{
    /// <summary>Creates the options with the two things every session needs.</summary>
    /// <param name="maxLeaseTime">
    /// The lease: the longest time the session may be ready, counted from the moment it is ready. More than zero and at most 24 hours; travels as whole
    /// minutes, rounded up, so that it is never less than asked (30 seconds is one minute).
    /// </param>
    /// <param name="size">The size of the host.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLeaseTime"/> is not more than zero and at most 24 hours.</exception>
    /// <exception cref="ArgumentException"><paramref name="size"/> is the default value, which names no size.</exception>
    public RenderingSessionCreationOptions(TimeSpan maxLeaseTime, RenderingSessionVmSize size)
    {
        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        if (size.IsNone)
        {
            throw new ArgumentException("A size is needed, for example RenderingSessionVmSize.Standard.", nameof(size));
        }

        MaxLeaseTime = maxLeaseTime;
        Size = size;
    }

    /// <summary>Gets the longest time the session may be ready.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>Gets the size of the host.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets or sets the id of the session, unique in the account.</summary>
    /// <value>
    /// 1 to 256 letters, digits, <c>-</c> and <c>_</c>, case-sensitive. <see langword="null"/> by default: the client makes a random one, which cannot collide. An id of
    /// one's own makes a create safe to repeat after a crash. The <c>v1</c> service makes its own id and takes none.
    /// </value>
    public string? SessionId { get; set; }

    /// <summary>Gets the addresses of models that the host should load ahead of time. Only the <c>v1</c> service takes them.</summary>
    public IList<Uri> Models { get; } = new List<Uri>();

    /// <summary>Gets or sets a value indicating whether disposing the handle stops the session.</summary>
    /// <value><see langword="false"/> by default: the session runs on, and costs, until it is stopped or its lease ends.</value>
    public bool StopOnDispose { get; set; }

    /// <summary>Gets or sets a value indicating whether nobody uses the session yet, so that it is not remembered as the last one used.</summary>
    internal bool IsSpare { get; set; }
}
