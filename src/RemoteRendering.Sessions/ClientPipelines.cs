using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Pipeline;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions;

/// <summary>
/// Builds the pipelines of a client, to the token service and to the session service, from one set of options. They share the transport and
/// the state of the network.
/// </summary>
internal sealed class ClientPipelines
{
    private readonly RemoteRenderingClientOptions _options;
    private readonly ClientTransport _transport;
    private readonly RetryPolicy _retry;
    private readonly TimeSpan _networkTimeout;

    public ClientPipelines(RemoteRenderingClientOptions options)
    {
        _options = options;
        lock (options)
        {
            // Only the transport that Azure.Core shares among all clients is replaced; a transport that the user has set is used as it is.
            HttpPipelineTransport transport = options.Transport;
            bool isDefault = transport == HttpClientTransport.Shared
                || (transport.GetType().Assembly == typeof(HttpPipelineTransport).Assembly && !transport.GetType().IsVisible);
            TimeSpan wanted = options.Retry.NetworkTimeout;
            _networkTimeout = wanted >= TimeSpan.Zero ? TimerLimit.Cut(wanted) : Timeout.InfiniteTimeSpan;
            _transport = new ClientTransport(
                transport, options.PipelineTimeProvider, _networkTimeout, LinkTrouble, isDefault ? options.CreateTransport : null);
            _retry = new CallRetryPolicy(options.Retry, options.PipelineTimeProvider, LinkTrouble);
        }
    }

    /// <summary>Gets the state of lost links, which limits the tries of all pipelines.</summary>
    public LinkTrouble LinkTrouble { get; } = new();

    // The body of the exchange contains secrets: it is not logged, even if content logging is enabled.
    public HttpPipeline ForTokenService() => Build(logsContent: false, []);

    /// <summary>Builds the pipeline to the service.</summary>
    /// <param name="tokens">The source of the access tokens.</param>
    /// <param name="endpoint">The address of the service.</param>
    /// <param name="isSingleTry">Whether each request is sent once, for callers with a retry schedule of their own.</param>
    public HttpPipeline ForService(ITokenSource tokens, Uri endpoint, bool isSingleTry)
        => Build(
            _options.Diagnostics.IsLoggingContentEnabled, isSingleTry ? [new SingleTry()] : [], new AuthenticationPolicy(tokens, endpoint),
            new SendNotePolicy());

    /// <summary>Builds a pipeline. The builder reads the options, so the library's own settings are put there while it runs.</summary>
    private HttpPipeline Build(bool logsContent, HttpPipelinePolicy[] perCall, params HttpPipelinePolicy[] perRetry)
    {
        lock (_options)
        {
            (bool LogsContent, HttpPipelineTransport Transport, HttpPipelinePolicy? Retry, TimeSpan NetworkTimeout) users =
                (_options.Diagnostics.IsLoggingContentEnabled, _options.Transport, _options.RetryPolicy, _options.Retry.NetworkTimeout);
            try
            {
                _options.Diagnostics.IsLoggingContentEnabled = logsContent;
                _options.Transport = _transport;
                _options.RetryPolicy ??= _retry;
                _options.Retry.NetworkTimeout = _networkTimeout;
                return HttpPipelineBuilder.Build(_options, perCall, perRetry, null);
            }
            finally
            {
                _options.Diagnostics.IsLoggingContentEnabled = users.LogsContent;
                _options.Transport = users.Transport;
                _options.RetryPolicy = users.Retry;
                _options.Retry.NetworkTimeout = users.NetworkTimeout;
            }
        }
    }
}
