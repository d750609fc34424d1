namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The names of the methods.</summary>
internal static class HostMethods
{
    public const string Bind = "bind";
    public const string Cancel = "cancel";
    public const string Echo = "echo";
    public const string Goodbye = "goodbye";
    public const string KeepAlive = "keepAlive";
    public const string Progress = "progress";
    public const string Status = "status";
    public const string Unbind = "unbind";
}
