namespace RemoteRendering.Sessions.Tests.Faults;

/// <summary>What a client said about an operation.</summary>
internal enum FaultOutcome
{
    Done,
    Refused,
    Unknown,
}
