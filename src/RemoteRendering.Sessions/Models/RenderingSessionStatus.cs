using System.ComponentModel;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents the status of a session. An open set: a value that is unknown to this version is kept unchanged and compares equal to itself.
/// </summary>
/// <remarks>Comparisons ignore case. Source: session schema of the 2021-01-01 REST API, and the legacy <c>v1</c> documentation.</remarks>
public readonly struct RenderingSessionStatus : IEquatable<RenderingSessionStatus>
{
    private readonly string? _value;

    /// <summary>Creates a status from its name.</summary>
    /// <param name="value">The name, for example <c>Ready</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public RenderingSessionStatus(string value)
    {
        _value = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>
    /// Gets the status of a session that has not been read yet. The service never sends it. The first answer replaces it.
    /// </summary>
    public static RenderingSessionStatus Unknown => default;

    /// <summary>
    /// Gets the status of a session whose host is being allocated and booted. Not billed. It is followed by <see cref="Ready"/>,
    /// <see cref="Error"/> or <see cref="Stopped"/>.
    /// </summary>
    public static RenderingSessionStatus Starting { get; } = new("Starting");

    /// <summary>
    /// Gets the status of a session that accepts a connection. The lease runs and the host is billed. It is followed by
    /// <see cref="Stopped"/>, <see cref="Expired"/> or <see cref="Error"/>.
    /// </summary>
    public static RenderingSessionStatus Ready { get; } = new("Ready");

    /// <summary>
    /// Gets the status of a session that is being stopped. Only the legacy <c>v1</c> service sends it. It is followed by
    /// <see cref="Stopped"/>.
    /// </summary>
    public static RenderingSessionStatus Stopping { get; } = new("Stopping");

    /// <summary>Gets the status of a session that a client stopped. Terminal.</summary>
    public static RenderingSessionStatus Stopped { get; } = new("Stopped");

    /// <summary>Gets the status of a session whose lease ran out. Terminal.</summary>
    public static RenderingSessionStatus Expired { get; } = new("Expired");

    /// <summary>
    /// Gets the status of a session whose host could not be started, or failed. Terminal. <see cref="RenderingSessionProperties.Error"/>
    /// contains the error.
    /// </summary>
    public static RenderingSessionStatus Error { get; } = new("Error");

    /// <summary>
    /// Gets the status of a session that was read before and for which the service now answers 404. The service never sends it. Terminal,
    /// unless a later answer describes the session again.
    /// </summary>
    public static RenderingSessionStatus Forgotten { get; } = new("Forgotten");

    /// <summary>
    /// Gets a value indicating whether the session has ended: <see cref="Stopped"/>, <see cref="Expired"/>, <see cref="Error"/> or
    /// <see cref="Forgotten"/>.
    /// </summary>
    public bool IsTerminal => this == Stopped || this == Expired || this == Error || this == Forgotten;

    /// <summary>Determines whether two statuses are equal.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">Another status.</param>
    /// <returns>Whether they are equal, ignoring case.</returns>
    public static bool operator ==(RenderingSessionStatus left, RenderingSessionStatus right) => left.Equals(right);

    /// <summary>Determines whether two statuses differ.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">Another status.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RenderingSessionStatus left, RenderingSessionStatus right) => !left.Equals(right);

    /// <summary>Converts a name to a status.</summary>
    /// <param name="value">The name.</param>
    public static implicit operator RenderingSessionStatus(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(RenderingSessionStatus other) => string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RenderingSessionStatus other && Equals(other);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>Returns the name of the status, with the case of the service.</summary>
    /// <returns>The name; <c>Unknown</c> for the default value.</returns>
    public override string ToString() => _value ?? "Unknown";
}
