namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>A trial that did not end as it must, or could not be made.</summary>
internal sealed class TrialException(string message) : Exception(message);
