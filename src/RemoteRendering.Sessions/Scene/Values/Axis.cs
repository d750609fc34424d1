namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies an axis and its direction.</summary>
public enum Axis
{
    /// <summary>The positive X direction.</summary>
    X = 0,

    /// <summary>The negative X direction.</summary>
    NegativeX = 1,

    /// <summary>The positive Y direction.</summary>
    Y = 2,

    /// <summary>The negative Y direction.</summary>
    NegativeY = 3,

    /// <summary>The positive Z direction.</summary>
    Z = 4,

    /// <summary>The negative Z direction.</summary>
    NegativeZ = 5,
}
