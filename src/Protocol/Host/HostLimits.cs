namespace RemoteRendering.Sessions.Protocol.Host;

/// <summary>What both ends may rely on.</summary>
internal static class HostLimits
{
    /// <summary>The client must acknowledge answers at least once per so many.</summary>
    public const int AcknowledgeAnswers = 256;

    /// <summary>The client must acknowledge answers at least once per so many bytes of them.</summary>
    public const int AcknowledgeBytes = 256 * 1024;

    /// <summary>The answers that a host keeps for a binding.</summary>
    public const int KeptAnswers = 65_536;

    /// <summary>The bytes of answers that a host keeps for a binding.</summary>
    public const long KeptBytes = 64L * 1024 * 1024;

    /// <summary>The requests of a binding that may run or wait.</summary>
    public const int Running = 16_384;

    /// <summary>The bytes of the requests of a binding that may run or wait.</summary>
    public const long RunningBytes = 64L * 1024 * 1024;

    /// <summary>The largest message that every host takes.</summary>
    public const int MessageBytes = 1024 * 1024;

    /// <summary>The largest picture, with the head of its frame, where the client does not ask for another limit.</summary>
    public const int PictureBytes = 4 * 1024 * 1024;

    /// <summary>The longest id of a device, in characters.</summary>
    public const int ClientIdLength = 128;

    /// <summary>The longest id of an instance of a device, in characters.</summary>
    public const int InstanceIdLength = 64;

    /// <summary>The length of a binding key, in hexadecimal digits.</summary>
    public const int BindingKeyDigits = 64;

    /// <summary>The longest time that the holder of a session is given when it is taken over.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromMinutes(1);
}
