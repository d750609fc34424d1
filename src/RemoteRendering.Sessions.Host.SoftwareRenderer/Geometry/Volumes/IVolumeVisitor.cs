namespace RemoteRendering.Sessions.Host.SoftwareRenderer.Geometry.Volumes;

/// <summary>Walks a tree through a volume; implemented by structures, so that the walk is compiled for each.</summary>
internal interface IVolumeVisitor
{
    /// <summary>Looks at an item whose box may touch the volume.</summary>
    /// <returns>True to end the walk.</returns>
    bool Visit(int item);
}
