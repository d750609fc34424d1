using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions.Tests.Pooling.Support;

/// <summary>
/// Lets requests fail as nothing in the SDK does: with any exception, as a policy, a transport or a credential of the user's may.
/// </summary>
internal sealed class FailingPolicy : HttpPipelinePolicy
{
    /// <summary>Gets or sets what fails, by method and path; null for what does not.</summary>
    public Func<string, string, Exception?> Failure { get; set; } = static (_, _) => null;

    public static bool IsStop(string path) => path.EndsWith("/:stop", StringComparison.Ordinal);

    /// <summary>Gets or sets what requests wait for.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Failure(message.Request.Method.Method, message.Request.Uri.ToUri().AbsolutePath) is { } failure)
        {
            throw failure;
        }

        await Held;
        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
