using System.ComponentModel;

namespace RemoteRendering.Sessions;

/// <summary>
/// Where a session is in its life. An open set: a word that this version does not know is kept as it came and compares equal to itself.
/// </summary>
/// <remarks>Compared without case. Source: session schema of the 2021-01-01 REST API, and the legacy <c>v1</c> documentation.</remarks>
public readonly struct RenderingSessionStatus : IEquatable<RenderingSessionStatus>
{
    private readonly string? _value;

    /// <summary>Creates a status from the service's word for it.</summary>
    /// <param name="value">The word, for example <c>Ready</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public RenderingSessionStatus(string value)
    {
        _value = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Gets the status of a session about which nothing is known yet. The service never says it. It ends with the first answer.</summary>
    public static RenderingSessionStatus Unknown => default;

    /// <summary>Gets the status of a session whose host is being found and booted. Not billed. Ends in <see cref="Ready"/>, <see cref="Error"/> or <see cref="Stopped"/>.</summary>
    public static RenderingSessionStatus Starting { get; } = new("Starting");

    /// <summary>Gets the status of a session that takes a connection. The lease runs and the host is billed. Ends in <see cref="Stopped"/>, <see cref="Expired"/> or <see cref="Error"/>.</summary>
    public static RenderingSessionStatus Ready { get; } = new("Ready");

    /// <summary>Gets the status of a session that is being stopped. Only the legacy <c>v1</c> service says it. Ends in <see cref="Stopped"/>.</summary>
    public static RenderingSessionStatus Stopping { get; } = new("Stopping");

    /// <summary>Gets the status of a session that somebody stopped. Terminal.</summary>
    public static RenderingSessionStatus Stopped { get; } = new("Stopped");

    /// <summary>Gets the status of a session whose lease ran out. Terminal.</summary>
    public static RenderingSessionStatus Expired { get; } = new("Expired");

    /// <summary>Gets the status of a session whose host could not be started, or failed. Terminal; <see cref="RenderingSessionProperties.Error"/> says why.</summary>
    public static RenderingSessionStatus Error { get; } = new("Error");

    /// <summary>
    /// Gets the status of a session that the service knew before and now answers 404 for. The service never sends it. Terminal, unless a later answer of the service describes the session again.
    /// </summary>
    public static RenderingSessionStatus Forgotten { get; } = new("Forgotten");

    /// <summary>
    /// Gets a value indicating whether the session has ended: <see cref="Stopped"/>, <see cref="Expired"/>, <see cref="Error"/> or <see cref="Forgotten"/>.
    /// </summary>
    public bool IsTerminal => this == Stopped || this == Expired || this == Error || this == Forgotten;

    /// <summary>Determines whether two statuses are the same word.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">Another status.</param>
    /// <returns>Whether they are equal without case.</returns>
    public static bool operator ==(RenderingSessionStatus left, RenderingSessionStatus right) => left.Equals(right);

    /// <summary>Determines whether two statuses are different words.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">Another status.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RenderingSessionStatus left, RenderingSessionStatus right) => !left.Equals(right);

    /// <summary>Converts the service's word to a status.</summary>
    /// <param name="value">The word.</param>
    public static implicit operator RenderingSessionStatus(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(RenderingSessionStatus other) => string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RenderingSessionStatus other && Equals(other);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    /// <summary>Returns the word, as the service spelled it.</summary>
    /// <returns>The word; <c>Unknown</c> for the default value.</returns>
    public override string ToString() => _value ?? "Unknown";
}
