namespace RemoteRendering.Sessions.Service;

/// <summary>Specifies the size of the machine that a session runs on.</summary>
public enum SessionSize
{
    /// <summary>The normal machine.</summary>
    Standard = 0,

    /// <summary>The large machine, without a limit on primitives.</summary>
    Premium = 1,
}
