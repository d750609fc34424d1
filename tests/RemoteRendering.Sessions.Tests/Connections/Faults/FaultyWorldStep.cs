namespace RemoteRendering.Sessions.Tests.Connections.Faults;

/// <summary>One thing that happens in a <see cref="FaultyWorld"/>.</summary>
/// <param name="Action">What, 0 to 99; ranges of numbers are how often things happen.</param>
/// <param name="Choice">To whom and how much, 0 to 999.</param>
internal readonly record struct FaultyWorldStep(int Action, int Choice);
