namespace RemoteRendering.Sessions.Host.Scene.Pictures;

/// <summary>What the last picture of a scene took.</summary>
internal sealed record PictureCost(TimeSpan Time, long Triangles);
