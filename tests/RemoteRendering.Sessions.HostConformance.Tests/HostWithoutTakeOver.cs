namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>A host that does not let a device take a session over.</summary>
public sealed class HostWithoutTakeOver() : HostUnderTest(behavior => behavior.AllowTakeOver = false);
