namespace RemoteRendering.Sessions.Scene;

/// <summary>An axis and its direction.</summary>
public enum Axis
{
    /// <summary>Along X.</summary>
    X = 0,

    /// <summary>Against X.</summary>
    NegativeX = 1,

    /// <summary>Along Y.</summary>
    Y = 2,

    /// <summary>Against Y.</summary>
    NegativeY = 3,

    /// <summary>Along Z.</summary>
    Z = 4,

    /// <summary>Against Z.</summary>
    NegativeZ = 5,
}
