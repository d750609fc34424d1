namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Provides the constants of the host protocol; <c>Transports/host-protocol.md</c> describes them.</summary>
internal static class HostProtocol
{
    public const int Version = 1;

    public const int CloseNormal = 1000;
    public const int CloseProtocolError = 1002;
    public const int CloseUnacceptable = 1003;
    public const int CloseInconsistent = 1007;
    public const int ClosePolicy = 1008;
    public const int CloseTooLarge = 1009;
    public const int CloseMissingExtension = 1010;
    public const int CloseHostBroke = 1011;
    public const int CloseMalformed = 4400;
    public const int CloseTokenExpired = 4401;
    public const int CloseRefused = 4403;
    public const int CloseSuperseded = 4409;

    public const int ErrorCancelled = -32800;
    public const int ErrorStaleEpoch = -32011;

    /// <summary>The number of answers after which the client acknowledges: half of the limit of the protocol.</summary>
    public const int AcknowledgeAnswers = 128;

    /// <summary>The number of bytes of answers after which the client acknowledges: half of the limit of the protocol.</summary>
    public const int AcknowledgeBytes = 128 * 1024;

    /// <summary>The number of answers after a missing one above which no new id is assigned: half of what a host keeps.</summary>
    public const int MaxAnswersAbove = 32_768;

    /// <summary>The number of bytes of answers after a missing one above which no new id is assigned: half of what a host keeps.</summary>
    public const long MaxBytesAbove = 32L * 1024 * 1024;

    /// <summary>The number of bytes of unanswered requests at which no new id is assigned: half of what a host accepts.</summary>
    public const long MaxBytesWaiting = 32L * 1024 * 1024;

    /// <summary>The bytes reserved for a binary answer until it arrives: the default maximum picture size.</summary>
    public const int ExpectedPictureBytes = 4 * 1024 * 1024;

    /// <summary>
    /// The number of bytes of requested pictures, with the answers after a missing one, at which no new id is assigned. The rest is for all
    /// other answers.
    /// </summary>
    public const long MaxBytesExpected = 48L * 1024 * 1024;

    /// <summary>The largest number of requests that wait for a link or for their answers.</summary>
    public const int MaxOutstanding = 8192;

    /// <summary>The shortest keep-alive interval of a device, for any interval that the host requests.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);

    /// <summary>The keep-alive interval while a host waits for the present holder of a session during a take-over.</summary>
    public static readonly TimeSpan KeepAliveWhileBinding = TimeSpan.FromSeconds(5);
}
