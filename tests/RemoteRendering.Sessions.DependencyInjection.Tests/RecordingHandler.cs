namespace RemoteRendering.Sessions.DependencyInjection.Tests;

/// <summary>A handler of the user's, that notes the requests that pass.</summary>
internal sealed class RecordingHandler(List<string> requests) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (requests)
        {
            requests.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
