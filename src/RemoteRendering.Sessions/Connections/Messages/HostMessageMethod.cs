namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Specifies the method of a message of a host.</summary>
internal enum HostMessageMethod
{
    /// <summary>The message has no method: it is an answer.</summary>
    None,

    /// <summary>A sign of life.</summary>
    KeepAlive,

    /// <summary>The host ends the connection.</summary>
    Goodbye,

    /// <summary>The progress of the host with a request.</summary>
    Progress,

    /// <summary>A method that is unknown to this version, which is ignored.</summary>
    Unknown,
}
