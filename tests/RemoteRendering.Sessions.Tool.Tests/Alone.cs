namespace RemoteRendering.Sessions.Tool.Tests;

/// <summary>The collection of tests that change the current folder of the process, so that no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = nameof(Alone);
}
