namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>Tests that change the current folder of the process, so that no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "Alone";
}
