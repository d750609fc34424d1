using RemoteRendering.Sessions.Host.Scene.Messages;
using RemoteRendering.Sessions.Protocol.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Pictures;

/// <summary>Which picture is wanted.</summary>
/// <param name="Camera">From where.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="MaxBytes">How large its file may be.</param>
internal sealed record PictureRequest(CameraPose Camera, int Width, int Height, long MaxBytes)
{
    private const int MaxSide = 4_096;
    private const long DefaultMaxBytes = HostLimits.PictureBytes - HostFrameHead.Bytes;

    /// <exception cref="SceneException">It is none that can be drawn.</exception>
    public static PictureRequest Read(SceneParameters parameters)
    {
        SceneParameters camera = parameters.Object("camera");
        var pose = new CameraPose(
            camera.Point("position"),
            camera.Rotation("rotation"),
            camera.Has("fieldOfView") ? camera.Number("fieldOfView") : 60,
            camera.Has("near") ? camera.Number("near") : 0.1,
            camera.Has("far") ? camera.Number("far") : 1_000);
        long width = parameters.Whole("width", long.MinValue, long.MaxValue);
        long height = parameters.Whole("height", long.MinValue, long.MaxValue);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide)
        {
            throw new SceneException(SceneErrorCode.InvalidParameter, $"A picture has from 1 to {MaxSide} pixels on a side.");
        }

        return pose.FieldOfView is > 0 and < 180 && pose.Near > 0 && pose.Far > pose.Near
            ? new PictureRequest(
                pose, (int)width, (int)height, parameters.Whole("maxBytes", 1, long.MaxValue, whenMissing: DefaultMaxBytes))
            : throw new SceneException(
                SceneErrorCode.InvalidParameter,
                "The field of view must be above 0 and below 180 degrees, and the camera's far end behind its near one, which is above 0.");
    }
}
