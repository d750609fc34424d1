using System.Collections.Concurrent;
using System.Net;

namespace RemoteRendering.Sessions.Emulator.Tests.Scene.Fetching;

/// <summary>A web of a few pages, named without their queries.</summary>
internal sealed class FakeWeb : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _pages = new();

    public ConcurrentQueue<Uri> Requests { get; } = new();

    /// <summary>Gets or sets what completes when a request has come to a server that never answers; null for servers that do.</summary>
    public TaskCompletionSource? Silent { get; set; }

    public Func<HttpRequestMessage, HttpResponseMessage> this[string address]
    {
        get => _pages[address];
        set => _pages[address] = value;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request.RequestUri!);
        if (Silent is { } silent)
        {
            silent.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        string address = request.RequestUri!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
        return _pages.TryGetValue(address, out Func<HttpRequestMessage, HttpResponseMessage>? page)
            ? page(request)
            : new HttpResponseMessage(HttpStatusCode.NotFound);
    }
}
