namespace RemoteRendering.Sessions.HostConformance.Tests;

/// <summary>Cases share one session, so they run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
#pragma warning disable CA1711 // It is a collection in xunit's sense.
public sealed class HostConformanceCollection : ICollectionFixture<HostUnderTest>
#pragma warning restore CA1711
{
    public const string Name = "host conformance";
}
