namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>The names of the optional parts of a host.</summary>
internal static class HostFeatureName
{
    public const string Frames = "frames";
    public const string Scene = "scene";
    public const string Upload = "upload";
}
