using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Marks the messages of a pipeline whose senders have retry schedules of their own. The pipeline does not retry them, so that the sender
/// gets a <c>Retry-After</c> immediately. The mark is on the message and not in the execution context: requests of an app from a handler
/// that such a sender calls are not marked.
/// </summary>
internal sealed class SingleTry : HttpPipelineSynchronousPolicy
{
    public static bool IsMeantFor(HttpMessage message) => message.TryGetProperty(typeof(SingleTry), out _);

    public override void OnSendingRequest(HttpMessage message) => message.SetProperty(typeof(SingleTry), true);
}
