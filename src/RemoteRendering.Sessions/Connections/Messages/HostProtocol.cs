namespace RemoteRendering.Sessions.Connections.Messages;

/// <summary>Numbers of the host protocol; <c>Transports/host-protocol.md</c> says what they mean.</summary>
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

    /// <summary>The client says what it knows after so many answers, half of what the protocol allows.</summary>
    public const int AcknowledgeAnswers = 128;

    /// <summary>The client says what it knows after so many bytes of answers, half of what the protocol allows.</summary>
    public const int AcknowledgeBytes = 128 * 1024;

    /// <summary>No new id is given out while more answers than this wait for one before them: half of what a host keeps.</summary>
    public const int MaxAnswersAbove = 32_768;

    /// <summary>No new id is given out while the answers that wait for one before them have more bytes than this: half of what a host keeps.</summary>
    public const long MaxBytesAbove = 32L * 1024 * 1024;

    /// <summary>No new id is given out while the requests that wait for their answers have as many bytes: half of what a host takes.</summary>
    public const long MaxBytesWaiting = 32L * 1024 * 1024;

    /// <summary>What an answer in bytes is counted for before it is here: as much as a picture has at most, as long as nobody asks for larger ones.</summary>
    public const int ExpectedPictureBytes = 4 * 1024 * 1024;

    /// <summary>No new id is given out while the pictures that are asked for, with the answers that wait for one before them, may have as many bytes: the rest is for all other answers.</summary>
    public const long MaxBytesExpected = 48L * 1024 * 1024;

    /// <summary>So many requests may wait for a link or for their answers.</summary>
    public const int MaxOutstanding = 8192;

    /// <summary>A device says something at most so often, however often its host wants to hear it.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);

    /// <summary>How often to send something while a host lets the present holder of a session finish.</summary>
    public static readonly TimeSpan KeepAliveWhileBinding = TimeSpan.FromSeconds(5);
}
