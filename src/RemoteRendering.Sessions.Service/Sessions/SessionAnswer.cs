namespace RemoteRendering.Sessions.Service.Sessions;

/// <summary>What the service answers to a <see cref="SessionAction"/>.</summary>
internal enum SessionAnswer
{
    /// <summary>200 with the session.</summary>
    Ok,

    /// <summary>201 with the session, which now exists.</summary>
    Created,

    /// <summary>204.</summary>
    NoContent,

    /// <summary>404 without a body.</summary>
    NotFound,

    /// <summary>409: the id is taken.</summary>
    Conflict,

    /// <summary>422: the lease would not grow.</summary>
    LeaseNotLarger,

    /// <summary>422: the session has ended.</summary>
    LeaseEnded,

    /// <summary>The session is in the list.</summary>
    Listed,

    /// <summary>The session is not in the list.</summary>
    NotListed,

    /// <summary>The host takes the connection.</summary>
    Accepted,

    /// <summary>The host is not there yet.</summary>
    NotReady,

    /// <summary>The host is gone.</summary>
    Ended,
}
