namespace RemoteRendering.Sessions.Emulator;

/// <summary>The rules that a <see cref="HistoryChecker"/> holds a history to.</summary>
public enum HistoryRule
{
    /// <summary>Every line is a JSON object with the members of the format.</summary>
    Format = 0,

    /// <summary>
    /// Events are numbered without gaps, time does not run backwards, epochs and links only grow, and nothing happens under a binding that
    /// has ended.
    /// </summary>
    Order = 1,

    /// <summary>No two devices hold a session at the same time, and only the holder's requests run.</summary>
    Exclusivity = 2,

    /// <summary>A device that has gone holds a session no longer than dead-after plus grace.</summary>
    GhostBound = 3,

    /// <summary>Every request of a binding runs once, in the order of its id, and ends at most once.</summary>
    ExactlyOnce = 4,

    /// <summary>Leases only grow, stay within their bound, and sessions end.</summary>
    Cost = 5,

    /// <summary>
    /// An older instance of a device never takes the place of a newer one by itself: neither with an epoch that is not the newest, nor,
    /// once superseded, without a take-over.
    /// </summary>
    Fencing = 6,
}
