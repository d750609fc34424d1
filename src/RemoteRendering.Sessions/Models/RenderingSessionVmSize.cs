using System.ComponentModel;
using RemoteRendering.Sessions.Internal;

namespace RemoteRendering.Sessions;

/// <summary>
/// Represents the size of the host of a session. An open set: a size that is unknown to this version is kept unchanged (the retired service
/// once answered <c>Tiny</c>).
/// </summary>
/// <remarks>Comparisons ignore case. Source: session schema of the 2021-01-01 REST API.</remarks>
public readonly struct RenderingSessionVmSize : IEquatable<RenderingSessionVmSize>
{
    private readonly string? _value;

    /// <summary>Creates a size from its name.</summary>
    /// <param name="value">The name, for example <c>Standard</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is null or empty.</exception>
    public RenderingSessionVmSize(string value)
    {
        Guard.NotNullOrEmpty(value, nameof(value));
        _value = value;
    }

    /// <summary>Gets the smaller host, which renders up to 20 million primitives.</summary>
    public static RenderingSessionVmSize Standard { get; } = new("Standard");

    /// <summary>Gets the larger host, without a limit on primitives.</summary>
    public static RenderingSessionVmSize Premium { get; } = new("Premium");

    /// <summary>Gets a value indicating whether this is the default value, which represents no size and cannot be requested.</summary>
    internal bool IsNone => _value is null;

    /// <summary>Determines whether two sizes are equal.</summary>
    /// <param name="left">One size.</param>
    /// <param name="right">Another size.</param>
    /// <returns>Whether they are equal, ignoring case.</returns>
    public static bool operator ==(RenderingSessionVmSize left, RenderingSessionVmSize right) => left.Equals(right);

    /// <summary>Determines whether two sizes differ.</summary>
    /// <param name="left">One size.</param>
    /// <param name="right">Another size.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(RenderingSessionVmSize left, RenderingSessionVmSize right) => !left.Equals(right);

    /// <summary>Converts a name to a size.</summary>
    /// <param name="value">The name.</param>
    public static implicit operator RenderingSessionVmSize(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(RenderingSessionVmSize other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is RenderingSessionVmSize other && Equals(other);

    /// <inheritdoc/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>Returns the name of the size, with its original case.</summary>
    /// <returns>The name; empty for the default value.</returns>
    public override string ToString() => _value ?? string.Empty;
}
