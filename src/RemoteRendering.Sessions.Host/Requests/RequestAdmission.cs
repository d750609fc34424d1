namespace RemoteRendering.Sessions.Host.Requests;

/// <summary>What is to be done with a request that arrives.</summary>
internal enum RequestAdmission
{
    /// <summary>It was never here: run it.</summary>
    New,

    /// <summary>It has been answered and the answer is kept: send that again.</summary>
    Finished,

    /// <summary>It is running: it is answered when it ends.</summary>
    Running,

    /// <summary>The client has said that it has the answer: nothing to do.</summary>
    Acknowledged,

    /// <summary>An id between the last one and this one is missing.</summary>
    Gap,
}
