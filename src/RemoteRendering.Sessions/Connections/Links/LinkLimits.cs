using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>Provides the limits of this client. Most of them are half of a limit of the protocol.</summary>
internal static class LinkLimits
{
    /// <summary>The number of answers after which the client acknowledges: half of the limit of the protocol.</summary>
    public const int AcknowledgeAnswers = HostLimits.AcknowledgeAnswers / 2;

    /// <summary>The number of bytes of answers after which the client acknowledges: half of the limit of the protocol.</summary>
    public const int AcknowledgeBytes = HostLimits.AcknowledgeBytes / 2;

    /// <summary>The number of answers after a missing one above which no new id is assigned: half of what a host keeps.</summary>
    public const int MaxAnswersAbove = HostLimits.KeptAnswers / 2;

    /// <summary>The number of bytes of answers after a missing one above which no new id is assigned: half of what a host keeps.</summary>
    public const long MaxBytesAbove = HostLimits.KeptBytes / 2;

    /// <summary>The number of bytes of unanswered requests at which no new id is assigned: half of what a host accepts.</summary>
    public const long MaxBytesWaiting = HostLimits.RunningBytes / 2;

    /// <summary>The bytes reserved for a binary answer until it arrives: the default maximum picture size.</summary>
    public const int ExpectedPictureBytes = HostLimits.PictureBytes;

    /// <summary>
    /// The number of bytes of requested pictures, with the answers after a missing one, at which no new id is assigned. The rest is for all
    /// other answers.
    /// </summary>
    public const long MaxBytesExpected = 48L * 1024 * 1024;

    /// <summary>The largest number of requests that wait for a link or for their answers.</summary>
    public const int MaxOutstanding = HostLimits.Running / 2;

    /// <summary>The shortest keep-alive interval of a device, for any interval that the host requests.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);
}
