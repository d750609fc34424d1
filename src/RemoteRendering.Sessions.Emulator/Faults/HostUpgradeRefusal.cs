namespace RemoteRendering.Sessions.Emulator.Faults;

/// <summary>An upgrade that is refused before there is a link.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="RetryAfter">When to try again, if the host says so.</param>
internal sealed record HostUpgradeRefusal(int StatusCode, TimeSpan? RetryAfter);
