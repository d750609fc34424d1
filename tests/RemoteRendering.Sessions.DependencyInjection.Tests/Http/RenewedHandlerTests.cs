using RemoteRendering.Sessions.DependencyInjection.Http;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Http;

public class RenewedHandlerTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly List<Connections> _made = [];

    [Fact]
    public async Task Request_AfterOneThatGotNoAnswer_UsesFreshConnections()
    {
        using HttpMessageInvoker invoker = Invoker();
        _made[0].IsSilent = true;
        await GiveUpAfterAsync(invoker, TimeSpan.FromSeconds(2.0));
        Assert.Equal((2, true), (_made.Count, _made[0].IsDisposed));
        await SendAsync(invoker, CancellationToken.None);
        Assert.Equal((1, 1), (_made[0].Requests, _made[1].Requests));
    }

    [Fact]
    public async Task Request_AfterOneThatWasGivenUpEarly_UsesTheSameConnections()
    {
        using HttpMessageInvoker invoker = Invoker();
        _made[0].IsSilent = true;
        await GiveUpAfterAsync(invoker, TimeSpan.FromMilliseconds(500.0));
        _made[0].IsSilent = false;
        await SendAsync(invoker, CancellationToken.None);
        Assert.Equal(2, Assert.Single(_made).Requests);
    }

    [Fact]
    public async Task Handler_WithARequestUnderWay_IsDisposedAfterIt()
    {
        using HttpMessageInvoker invoker = Invoker();
        _made[0].IsSilent = true;
        using var source = new CancellationTokenSource();
        Task underWay = SendAsync(invoker, source.Token);
        await GiveUpAfterAsync(invoker, TimeSpan.FromSeconds(2.0));
        Assert.Equal((2, false), (_made.Count, _made[0].IsDisposed));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => underWay);
        Assert.Equal((2, true), (_made.Count, _made[0].IsDisposed));
    }

    private static async Task SendAsync(HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://service.example");
        using HttpResponseMessage response = await invoker.SendAsync(request, cancellationToken);
    }

    private async Task GiveUpAfterAsync(HttpMessageInvoker invoker, TimeSpan patience)
    {
        using var source = new CancellationTokenSource();
        Task request = SendAsync(invoker, source.Token);
        await _time.PassAsync(patience);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
    }

    private HttpMessageInvoker Invoker() => new(new RenewedHandler(
        () =>
        {
            _made.Add(new Connections());
            return _made[^1];
        },
        _time));

    private sealed class Connections : HttpMessageHandler
    {
        public bool IsSilent { get; set; }

        public bool IsDisposed { get; private set; }

        public int Requests { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            if (IsSilent)
            {
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            return new HttpResponseMessage();
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
