using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>
/// The exception that is thrown when an operation needs a session that has ended with the status
/// <see cref="RenderingSessionStatus.Stopped"/>, <see cref="RenderingSessionStatus.Expired"/> or
/// <see cref="RenderingSessionStatus.Error"/>.
/// </summary>
public class RenderingSessionEndedException : Exception
{
    /// <summary>Creates the exception from the last properties of the session.</summary>
    /// <param name="properties">The properties of the session at its end.</param>
    /// <exception cref="ArgumentNullException"><paramref name="properties"/> is null.</exception>
    public RenderingSessionEndedException(RenderingSessionProperties properties)
        : base(Describe(properties))
    {
        Properties = properties;
    }

    /// <summary>Gets the last properties of the session.</summary>
    public RenderingSessionProperties Properties { get; }

    /// <summary>Gets the final status of the session.</summary>
    public RenderingSessionStatus Status => Properties.Status;

    /// <summary>
    /// Gets the error of a session that ended with the status <see cref="RenderingSessionStatus.Error"/>, or <see langword="null"/> when
    /// the service gave none.
    /// </summary>
    public RemoteRenderingServiceError? Error => Properties.Error;

    private static string Describe(RenderingSessionProperties properties)
    {
        Guard.NotNull(properties, nameof(properties));
        string? reason = properties.Error?.ToString() ?? properties.Message;
        return string.IsNullOrEmpty(reason)
            ? $"Session '{properties.Id}' has ended: {properties.Status}."
            : $"Session '{properties.Id}' has ended: {properties.Status}. {reason}";
    }
}
