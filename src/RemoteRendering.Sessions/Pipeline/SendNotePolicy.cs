using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Pipeline;

/// <summary>
/// Notifies the note of a message about each try that is sent. It runs after the policy that gets the token, so that a try without a token
/// does not count.
/// </summary>
internal sealed class SendNotePolicy : HttpPipelinePolicy
{
    private const string Property = "RemoteRendering.Sessions.SendNote";

    public static void Attach(HttpMessage message, ISendNote note) => message.SetProperty(Property, note);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        => throw new NotSupportedException("The client supports asynchronous calls only.");

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        => message.TryGetProperty(Property, out object? note) && note is ISendNote known
            ? SendAsync(known, message, pipeline)
            : ProcessNextAsync(message, pipeline);

    private static async ValueTask SendAsync(ISendNote note, HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        note.Sending();
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
        }
        catch (Exception exception) when (Delivery.WasNotSent(exception))
        {
            note.NotSent();
            throw;
        }
    }
}
