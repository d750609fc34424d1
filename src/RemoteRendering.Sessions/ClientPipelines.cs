using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions;

/// <summary>Builds the pipelines of a client, to the token service and to the service, from the one set of options. They share what carries them and what is known about the network.</summary>
internal sealed class ClientPipelines
{
    private readonly RemoteRenderingClientOptions _options;
    private readonly ClientTransport _transport;
    private readonly RetryPolicy _retry;

    public ClientPipelines(RemoteRenderingClientOptions options)
    {
        _options = options;
        lock (options)
        {
            // Only the transport that Azure.Core shares among all clients is ours to replace; what the user has set up is used as it is.
            HttpPipelineTransport transport = options.Transport;
            bool isDefault = transport == HttpClientTransport.Shared || (transport.GetType().Assembly == typeof(HttpPipelineTransport).Assembly && !transport.GetType().IsVisible);
            _transport = new ClientTransport(
                transport, options.PipelineTimeProvider, options.Retry.NetworkTimeout, LinkTrouble, isDefault ? options.CreateTransport : null);
            _retry = new CallRetryPolicy(options.Retry, options.PipelineTimeProvider, LinkTrouble);
        }
    }

    /// <summary>Gets what is known about lost links, which tries of all pipelines obey.</summary>
    public LinkTrouble LinkTrouble { get; } = new();

    // The body of the exchange is a secret: it is not logged, even where the user has bodies logged.
    public HttpPipeline ForTokenService() => Build(logsContent: false, []);

    /// <summary>Builds the pipeline to the service.</summary>
    /// <param name="tokens">The source of the access tokens.</param>
    /// <param name="endpoint">The service.</param>
    /// <param name="isSingleTry">Whether each request is sent once, for senders that repeat it by a schedule of their own.</param>
    public HttpPipeline ForService(ITokenSource tokens, Uri endpoint, bool isSingleTry)
        => Build(_options.Diagnostics.IsLoggingContentEnabled, isSingleTry ? [new SingleTry()] : [], new AuthenticationPolicy(tokens, endpoint), new SendNotePolicy());

    /// <summary>Builds a pipeline. Settings are read while it is built, so those that are ours are set for that long.</summary>
    private HttpPipeline Build(bool logsContent, HttpPipelinePolicy[] perCall, params HttpPipelinePolicy[] perRetry)
    {
        lock (_options)
        {
            (bool LogsContent, HttpPipelineTransport Transport, HttpPipelinePolicy? Retry) users =
                (_options.Diagnostics.IsLoggingContentEnabled, _options.Transport, _options.RetryPolicy);
            try
            {
                _options.Diagnostics.IsLoggingContentEnabled = logsContent;
                _options.Transport = _transport;
                _options.RetryPolicy ??= _retry;
                return HttpPipelineBuilder.Build(_options, perCall, perRetry, null);
            }
            finally
            {
                _options.Diagnostics.IsLoggingContentEnabled = users.LogsContent;
                _options.Transport = users.Transport;
                _options.RetryPolicy = users.Retry;
            }
        }
    }
}
