namespace RemoteRendering.Sessions.Tests.Faults;

internal static class FaultOutcomeExtensions
{
    /// <summary>Whether what the client said is true, or at least not false.</summary>
    public static bool Agrees(this FaultOutcome outcome, bool happened) => outcome switch
    {
        FaultOutcome.Done => happened,
        FaultOutcome.Refused => !happened,
        _ => true,
    };
}
