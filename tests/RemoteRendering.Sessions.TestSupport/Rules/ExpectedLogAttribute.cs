namespace RemoteRendering.Sessions.TestSupport;

/// <summary>Declares warnings and errors that a test, or any test of a class, may log. Every other one fails the test.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class ExpectedLogAttribute(params string[] events) : Attribute
{
    /// <summary>Gets the names of the events.</summary>
    public IReadOnlyList<string> Events { get; } = events;
}
