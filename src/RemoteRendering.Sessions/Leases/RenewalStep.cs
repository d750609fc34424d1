namespace RemoteRendering.Sessions.Leases;

/// <summary>Represents the next step of a renewal: its action and its longest duration.</summary>
internal readonly struct RenewalStep(
    RenewalAction action, TimeSpan time, TimeSpan target = default, bool isAtCap = false, bool isEnding = false)
{
    public RenewalAction Action { get; } = action;

    /// <summary>Gets the time to wait, or the longest duration of the request.</summary>
    public TimeSpan Time { get; } = time;

    /// <summary>Gets the lease to request, a total.</summary>
    public TimeSpan Target { get; } = target;

    public bool IsAtCap { get; } = isAtCap;

    /// <summary>Gets a value indicating whether the lease is due for a renewal but is not renewed.</summary>
    public bool IsEnding { get; } = isEnding;
}
