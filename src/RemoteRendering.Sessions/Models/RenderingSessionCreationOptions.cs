using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>Provides the settings of a new session.</summary>
public class RenderingSessionCreationOptions
{
    /// <summary>Creates the options with the two required settings.</summary>
    /// <param name="maxLeaseTime">
    /// The lease: the longest time the session may be ready, counted from the moment it becomes ready. Must be more than zero and at most
    /// 24 hours. It is sent as whole minutes, rounded up, so it is never less than requested (30 seconds is one minute).
    /// </param>
    /// <param name="size">The size of the host.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="maxLeaseTime"/> is not more than zero and at most 24 hours.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="size"/> is the default value, which represents no size.</exception>
    public RenderingSessionCreationOptions(TimeSpan maxLeaseTime, RenderingSessionVmSize size)
    {
        LeaseMinutes.Validate(maxLeaseTime, nameof(maxLeaseTime));
        if (size.IsNone)
        {
            throw new ArgumentException("The size must be set, for example to RenderingSessionVmSize.Standard.", nameof(size));
        }

        MaxLeaseTime = maxLeaseTime;
        Size = size;
    }

    /// <summary>Gets the lease: the longest time the session may be ready.</summary>
    public TimeSpan MaxLeaseTime { get; }

    /// <summary>Gets the size of the host.</summary>
    public RenderingSessionVmSize Size { get; }

    /// <summary>Gets or sets the id of the session, unique in the account.</summary>
    /// <value>
    /// 1 to 256 letters, digits, <c>-</c> and <c>_</c>, case-sensitive. The default is <see langword="null"/>: the client generates a
    /// random UUID. With an id of your own a create is safe to repeat after a crash. The <c>v1</c> service assigns ids itself and accepts
    /// none.
    /// </value>
    public string? SessionId { get; set; }

    /// <summary>Gets the addresses of models that the host loads in advance. Only the <c>v1</c> service accepts them.</summary>
    public IList<Uri> Models { get; } = new List<Uri>();

    /// <summary>Gets or sets a value indicating whether disposing the handle stops the session.</summary>
    /// <value>The default is <see langword="false"/>: the session continues, and is billed, until it is stopped or its lease ends.</value>
    public bool StopOnDispose { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the session is a spare one of a pool, which is not saved as the last session used.
    /// </summary>
    internal bool IsSpare { get; set; }
}
