using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Marks the messages of a pipeline whose senders repeat them by schedules of their own: the pipeline does not, so that what the service says about when to come back is known immediately. The mark is on the
/// message and not in the flow: what an app sends from a handler that such a sender calls is not marked.
/// </summary>
internal sealed class SingleTry : HttpPipelineSynchronousPolicy
{
    public static bool IsMeantFor(HttpMessage message) => message.TryGetProperty(typeof(SingleTry), out _);

    public override void OnSendingRequest(HttpMessage message) => message.SetProperty(typeof(SingleTry), true);
}
