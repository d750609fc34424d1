namespace RemoteRendering.Sessions.Scene;

/// <summary>What a ray has hit.</summary>
public enum HitType
{
    /// <summary>The front of a triangle, as the order of its corners gives it.</summary>
    TriangleFrontFace = 0,

    /// <summary>The back of a triangle.</summary>
    TriangleBackFace = 1,
}
