namespace RemoteRendering.Sessions.Host.Scene.Messages;

/// <summary>Answers a request of one method.</summary>
/// <param name="parameters">Its parameters; good until the method returns.</param>
/// <param name="request">The request.</param>
internal delegate ValueTask<HostAnswer> SceneMethod(SceneParameters parameters, HostRequest request);
