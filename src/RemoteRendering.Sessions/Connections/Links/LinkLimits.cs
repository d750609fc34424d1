using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Connections.Links;

/// <summary>The limits of this client, most of them half of what the protocol allows.</summary>
internal static class LinkLimits
{
    /// <summary>The client says what it knows after so many answers, half of what the protocol allows.</summary>
    public const int AcknowledgeAnswers = HostLimits.AcknowledgeAnswers / 2;

    /// <summary>The client says what it knows after so many bytes of answers, half of what the protocol allows.</summary>
    public const int AcknowledgeBytes = HostLimits.AcknowledgeBytes / 2;

    /// <summary>No new id is given out while more answers than this wait for one before them: half of what a host keeps.</summary>
    public const int MaxAnswersAbove = HostLimits.KeptAnswers / 2;

    /// <summary>No new id is given out while the answers that wait for one before them have more bytes than this: half of what a host keeps.</summary>
    public const long MaxBytesAbove = HostLimits.KeptBytes / 2;

    /// <summary>No new id is given out while the requests that wait for their answers have as many bytes: half of what a host takes.</summary>
    public const long MaxBytesWaiting = HostLimits.RunningBytes / 2;

    /// <summary>What an answer in bytes is counted for before it is here: as much as a picture has at most, as long as nobody asks for larger ones.</summary>
    public const int ExpectedPictureBytes = HostLimits.PictureBytes;

    /// <summary>No new id is given out while the pictures that are asked for, with the answers that wait for one before them, may have as many bytes: the rest is for all other answers.</summary>
    public const long MaxBytesExpected = 48L * 1024 * 1024;

    /// <summary>So many requests may wait for a link or for their answers.</summary>
    public const int MaxOutstanding = HostLimits.Running / 2;

    /// <summary>A device says something at most so often, however often its host wants to hear it.</summary>
    public static readonly TimeSpan ShortestKeepAlive = TimeSpan.FromMilliseconds(100);
}
