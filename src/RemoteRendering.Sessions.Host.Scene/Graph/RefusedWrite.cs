using RemoteRendering.Sessions.Protocol.Scene;

namespace RemoteRendering.Sessions.Host.Scene.Graph;

/// <summary>A write that was not applied.</summary>
internal readonly record struct RefusedWrite(int Write, uint Entity, SceneErrorCode Code);
