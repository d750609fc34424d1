namespace RemoteRendering.Sessions.Leases;

/// <summary>The next step of a renewal: what, and for how long at most.</summary>
internal readonly struct RenewalStep(RenewalAction action, TimeSpan time, TimeSpan target = default, bool isAtCap = false, bool isEnding = false)
{
    public RenewalAction Action { get; } = action;

    /// <summary>Gets how long to wait, or how long the request may take.</summary>
    public TimeSpan Time { get; } = time;

    /// <summary>Gets the lease to ask for, a total.</summary>
    public TimeSpan Target { get; } = target;

    public bool IsAtCap { get; } = isAtCap;

    /// <summary>Gets a value indicating whether the lease would be due for a renewal now, and is not renewed.</summary>
    public bool IsEnding { get; } = isEnding;
}
