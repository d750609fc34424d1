namespace RemoteRendering.Sessions.Scene;

/// <summary>Specifies the side of a triangle that a ray has hit.</summary>
public enum HitType
{
    /// <summary>The front of a triangle, defined by the order of its corners.</summary>
    TriangleFrontFace = 0,

    /// <summary>The back of a triangle.</summary>
    TriangleBackFace = 1,
}
