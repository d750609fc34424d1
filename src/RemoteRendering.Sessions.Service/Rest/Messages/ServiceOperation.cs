namespace RemoteRendering.Sessions.Service;

/// <summary>Specifies an operation of the token service or of the session service, over all generations.</summary>
public enum ServiceOperation
{
    /// <summary>Anything that no service has at that address.</summary>
    Unknown = 0,

    /// <summary>An account key or sign-in is exchanged for an access token.</summary>
    Token = 1,

    /// <summary>A session is created.</summary>
    Create = 2,

    /// <summary>A session is read.</summary>
    Read = 3,

    /// <summary>The lease of a session is extended.</summary>
    Update = 4,

    /// <summary>A session is stopped.</summary>
    Stop = 5,

    /// <summary>The sessions of an account are listed.</summary>
    List = 6,
}
