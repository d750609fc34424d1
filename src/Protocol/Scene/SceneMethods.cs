namespace RemoteRendering.Sessions.Protocol.Scene;

/// <summary>The names of the methods of the scene, its uploads and its pictures.</summary>
internal static class SceneMethods
{
    public const string BeginUpload = "beginUpload";
    public const string CaptureFrame = "captureFrame";
    public const string EndUpload = "endUpload";
    public const string ListEntities = "listEntities";
    public const string LoadModel = "loadModel";
    public const string Performance = "performance";
    public const string QueryBounds = "queryBounds";
    public const string QueryMetadata = "queryMetadata";
    public const string RayCast = "rayCast";
    public const string SpatialQuery = "spatialQuery";
    public const string StartPreview = "startPreview";
    public const string StopPreview = "stopPreview";
}
