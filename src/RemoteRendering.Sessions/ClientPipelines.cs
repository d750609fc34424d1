using Azure.Core;
using Azure.Core.Pipeline;

namespace RemoteRendering.Sessions;

/// <summary>Builds both pipelines of a client, to the token service and to the service, from the one set of options.</summary>
internal static class ClientPipelines
{
    public static HttpPipeline ForTokenService(RemoteRenderingClientOptions options)
    {
        // The body of the exchange is a secret: it is not logged, even where the user has bodies logged. The setting is read while the pipeline is built.
        lock (options)
        {
            bool logsContent = options.Diagnostics.IsLoggingContentEnabled;
            options.Diagnostics.IsLoggingContentEnabled = false;
            try
            {
                return HttpPipelineBuilder.Build(options);
            }
            finally
            {
                options.Diagnostics.IsLoggingContentEnabled = logsContent;
            }
        }
    }

    public static HttpPipeline ForService(RemoteRenderingClientOptions options, ITokenSource tokens, Uri endpoint)
    {
        lock (options)
        {
            return HttpPipelineBuilder.Build(options, new AuthenticationPolicy(tokens, endpoint), new SendNotePolicy());
        }
    }
}
