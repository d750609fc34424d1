namespace RemoteRendering.Sessions.Scene.Sync;

/// <summary>Turns the host's errors into those of the scene.</summary>
internal static class SceneErrors
{
    private const int MethodNotFound = -32601;
    private const int InvalidParameters = -32602;

    public static RenderingSceneException Translate(RenderingRequestException exception, Entity? entity, string? file)
    {
        RenderingSceneError error = exception.Code switch
        {
            MethodNotFound => RenderingSceneError.NotSupported,
            InvalidParameters => RenderingSceneError.InvalidParameter,
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
