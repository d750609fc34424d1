namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>The methods that a host calls.</summary>
internal enum HostMessageMethod
{
    /// <summary>The message has none: it is an answer.</summary>
    None,

    /// <summary>A sign of life.</summary>
    KeepAlive,

    /// <summary>The host ends the connection.</summary>
    Goodbye,

    /// <summary>How far the host has come with a request.</summary>
    Progress,

    /// <summary>One that this version does not know, which is ignored.</summary>
    Unknown,
}
