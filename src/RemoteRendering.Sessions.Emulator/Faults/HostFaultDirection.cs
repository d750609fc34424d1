namespace RemoteRendering.Sessions.Emulator;

/// <summary>Which way frames travel on a link.</summary>
[Flags]
public enum HostFaultDirection
{
    /// <summary>Neither way.</summary>
    None = 0,

    /// <summary>From the client to the host.</summary>
    ToHost = 1,

    /// <summary>From the host to the client.</summary>
    ToClient = 2,

    /// <summary>Both ways.</summary>
    Both = ToHost | ToClient,
}
