namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>A host whose times are short enough to wait for.</summary>
public sealed class HostWithShortTimes() : HostUnderTest(behavior =>
{
    behavior.KeepAlive = TimeSpan.FromMilliseconds(500);
    behavior.DeadAfter = TimeSpan.FromSeconds(4);
    behavior.ResumeGrace = TimeSpan.FromSeconds(3);
    behavior.BindDeadline = TimeSpan.FromSeconds(1);
});
