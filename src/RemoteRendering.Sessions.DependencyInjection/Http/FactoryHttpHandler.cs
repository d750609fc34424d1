namespace RemoteRendering.Sessions.DependencyInjection.Http;

/// <summary>
/// Gets the current handler from the factory for every request: a client lives as long as the program, but a handler and its resolved
/// addresses must not.
/// </summary>
internal sealed class FactoryHttpHandler(IHttpMessageHandlerFactory factory, string name) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Invoker().SendAsync(request, cancellationToken);

#if NET8_0_OR_GREATER
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Invoker().Send(request, cancellationToken);
#endif

    // The factory owns the handler, and disposes it when it has expired and is no longer used.
    private HttpMessageInvoker Invoker() => new(factory.CreateHandler(name), disposeHandler: false);
}
