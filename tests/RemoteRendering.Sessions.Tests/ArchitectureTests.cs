namespace RemoteRendering.Sessions.Tests;

/// <summary>
/// Rules for the public methods of the core. Who may know whom is held for all packages by RemoteRendering.Sessions.Architecture.Tests.
/// </summary>
public class ArchitectureTests
{
    [Fact]
    public void PublicMethods_ThatAreAsynchronous_TakeATokenLast()
    {
        var without = typeof(RemoteRenderingClient).Assembly.GetExportedTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.Name.EndsWith("Async", StringComparison.Ordinal) && method.Name != "DisposeAsync")
            .Where(static method => method.DeclaringType!.Assembly == typeof(RemoteRenderingClient).Assembly)
            .Where(static method => method.GetParameters() is not [.., { ParameterType: var last }] || last != typeof(CancellationToken))
            .Select(static method => method.DeclaringType!.Name + "." + method.Name);
        Assert.Empty(without);
    }
}
