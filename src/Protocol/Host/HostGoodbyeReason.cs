namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The reasons of a goodbye.</summary>
internal static class HostGoodbyeReason
{
    public const string LeaseExpired = "LeaseExpired";
    public const string LinkSuperseded = "LinkSuperseded";
    public const string Maintenance = "Maintenance";
    public const string SessionFailed = "SessionFailed";
    public const string SessionStopped = "SessionStopped";
    public const string TakenOver = "TakenOver";
}
