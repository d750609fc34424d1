using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Turns the host's errors into those of the scene.</summary>
internal static class SceneErrors
{
    public static RenderingSceneException Translate(RenderingRequestException exception, Entity? entity, string? file)
    {
        RenderingSceneError error = exception.Code switch
        {
            HostErrorCode.MethodNotFound => RenderingSceneError.NotSupported,
            HostErrorCode.InvalidParameters => RenderingSceneError.InvalidParameter,
            > 0 => (RenderingSceneError)exception.Code,
            _ => RenderingSceneError.Fail,
        };

        // A host that keeps to the protocol names the file itself.
        string about = entity is not null ? $" (the {entity})"
            : file is not null && exception.Message.IndexOf(file, StringComparison.Ordinal) < 0 ? $" ('{file}')"
            : string.Empty;
        return new RenderingSceneException(error, exception.Message + about, entity, file, exception);
    }
}
