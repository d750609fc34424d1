using RemoteRendering.Sessions.Protocol.Host;

namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Converts errors of the host to exceptions of the scene.</summary>
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

        // By the protocol, the message of the host contains the name of the file.
        string about = entity is not null ? $" (the {entity})"
            : file is not null && exception.Message.IndexOf(file, StringComparison.Ordinal) < 0 ? $" ('{file}')"
            : string.Empty;
        return new RenderingSceneException(error, exception.Message + about, entity, file, exception);
    }
}
