namespace RemoteRendering.Sessions.HostConformance;

/// <summary>A host that does not let a device take a session over.</summary>
public sealed class HostWithoutTakeOver() : HostUnderTest(behavior => behavior.AllowTakeOver = false);
