namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Trees;

/// <summary>Walks a tree along a ray; implemented by structures, so that the walk is compiled for each.</summary>
internal interface IBvhRayVisitor
{
    /// <summary>Gets the parameter of the ray behind which nothing is wanted any more; may shrink with every visit.</summary>
    double End { get; }

    /// <summary>Looks at an item that the ray may meet.</summary>
    void Visit(int item);
}
