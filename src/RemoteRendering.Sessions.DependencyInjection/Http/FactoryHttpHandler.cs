namespace RemoteRendering.Sessions.DependencyInjection.Http;

/// <summary>Asks the factory for its current handler at every request: a client lives as long as the program, a handler and the addresses it resolved must not.</summary>
internal sealed class FactoryHttpHandler(IHttpMessageHandlerFactory factory, string name) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Invoker().SendAsync(request, cancellationToken);

#if NET8_0_OR_GREATER
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Invoker().Send(request, cancellationToken);
#endif

    // The factory owns the handler, and disposes it when it is too old and no longer used.
    private HttpMessageInvoker Invoker() => new(factory.CreateHandler(name), disposeHandler: false);
}
