namespace RemoteRendering.Sessions.TestSupport;

/// <summary>A test passed and yet broke a rule that holds for all tests.</summary>
public sealed class TestRuleException(string message) : Exception(message);
