using RemoteRendering.Sessions.Emulator.Scene;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Emulator.Renderer;

/// <summary>Something that the scene refuses, in words for the client: the file without its query, or the entity.</summary>
internal sealed class SceneException : Exception
{
    public SceneException(SceneErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    public SceneErrorCode Code { get; }

    public HostAnswer ToAnswer() => HostAnswer.Error((int)Code, Message, Code.ToString());

    public static SceneException NoEntity(uint id) => new(SceneErrorCode.InvalidId, $"There is no entity {id}.");
}
