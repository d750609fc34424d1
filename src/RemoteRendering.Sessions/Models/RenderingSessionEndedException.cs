using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>A session ended, in <see cref="RenderingSessionStatus.Stopped"/>, <see cref="RenderingSessionStatus.Expired"/> or <see cref="RenderingSessionStatus.Error"/>, while something needed it alive.</summary>
public class RenderingSessionEndedException : Exception
{
    /// <summary>Creates the exception from the last thing the service said about the session.</summary>
    /// <param name="properties">The session at its end.</param>
    /// <exception cref="ArgumentNullException"><paramref name="properties"/> is null.</exception>
    public RenderingSessionEndedException(RenderingSessionProperties properties)
        : base(Describe(properties))
    {
        Properties = properties;
    }

    /// <summary>Gets the last thing the service said about the session.</summary>
    public RenderingSessionProperties Properties { get; }

    /// <summary>Gets how it ended.</summary>
    public RenderingSessionStatus Status => Properties.Status;

    /// <summary>Gets why it failed, when it ended in <see cref="RenderingSessionStatus.Error"/> and the service said why.</summary>
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
