using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Pipeline.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline.Tokens;

/// <summary>A sign-in that never ends must end for the client: with its last caller, or with its limit.</summary>
[ExpectedLog("TokenExchangeFailed")]
public class HangingSignInTests
{
    private readonly VirtualTimeProvider _time = new();
    private readonly ScriptedService _service;

    public HangingSignInTests()
        => _service =
            new ScriptedService { Time = _time, Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson()) };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_ThatNoCallerWaitsForAnyMore_IsCancelled_AndTheNextCallerStartsAnother(bool heedsCancellation)
    {
        var credential = new HangingCredential(heedsCancellation);
        RemoteRenderingClient client = Client(credential);
        using var source = new CancellationTokenSource();
        Task<Response<RenderingSessionProperties>> first = client.GetSessionPropertiesAsync("s1", source.Token);
        await ConnectionHarness.UntilAsync(() => credential.Asked == 1);
        await source.CancelAsync();
        OperationCanceledException cancelled =
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(first));
        Assert.Equal(source.Token, cancelled.CancellationToken);
        await ConnectionHarness.UntilAsync(() => credential.Cancelled == 1);

        credential.Answers = true;
        Assert.Equal("s1", (await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"))).Value.Id);
        Assert.Equal(2, credential.Asked);
    }

    [Fact]
    public async Task SignIn_ThatAnotherCallerWaitsFor_GoesOn()
    {
        var credential = new HangingCredential();
        RemoteRenderingClient client = Client(credential);
        using var source = new CancellationTokenSource();
        Task first = client.GetSessionPropertiesAsync("s1", source.Token);
        Task<Response<RenderingSessionProperties>> second = client.GetSessionPropertiesAsync("s1");
        await ConnectionHarness.UntilAsync(() => credential.Asked == 1);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(first));
        credential.Release();
        Assert.Equal("s1", (await ConnectionHarness.Within(second)).Value.Id);
        Assert.Equal((1, 0), (credential.Asked, credential.Cancelled));
    }

    [Fact]
    public async Task SignIn_ThatACallerWaitsFor_EndsAfterFiveMinutes()
    {
        var credential = new HangingCredential();
        RemoteRenderingClient client = Client(credential);
        Task first = client.GetSessionPropertiesAsync("s1");
        await ConnectionHarness.UntilAsync(() => credential.Asked == 1);
        await _time.PassAsync(TimeSpan.FromMinutes(5.0) - TimeSpan.FromSeconds(1.0));
        Assert.False(first.IsCompleted);
        await _time.PassAsync(TimeSpan.FromSeconds(1.0));
        RequestFailedException exception = await Assert.ThrowsAnyAsync<RequestFailedException>(() => ConnectionHarness.Within(first));
        Assert.Equal(RemoteRenderingErrorCode.AuthenticationFailed, exception.ErrorCode);
        Assert.Contains("00:05:00", exception.Message, StringComparison.Ordinal);

        credential.Answers = true;
        Assert.Equal("s1", (await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"))).Value.Id);
    }

    [Fact]
    public async Task SignInInTheBackground_EndsAfterThirtySeconds_AndTheNextCallerStartsAnother()
    {
        _service.TokenLifetime = TimeSpan.FromHours(1.0);
        var credential = new HangingCredential { Answers = true };
        RemoteRenderingClient client = Client(credential);
        await client.GetSessionPropertiesAsync("s1");
        credential.Answers = false;
        await _time.PassAsync(TimeSpan.FromMinutes(56.0));
        await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"));
        await ConnectionHarness.UntilAsync(() => credential.Asked == 2);
        await _time.PassAsync(TimeSpan.FromSeconds(29.0));
        Assert.Equal(0, credential.Cancelled);
        await _time.PassAsync(TimeSpan.FromSeconds(1.0));
        await ConnectionHarness.UntilAsync(() => credential.Cancelled == 1);

        await _time.PassAsync(TimeSpan.FromMinutes(10.0));
        credential.Answers = true;
        Assert.Equal("s1", (await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"))).Value.Id);
    }

    [Fact]
    public async Task SignInInTheBackground_ThatACallerComesToWaitFor_HasTheLimitOfACaller()
    {
        _service.TokenLifetime = TimeSpan.FromHours(1.0);
        var credential = new HangingCredential { Answers = true };
        RemoteRenderingClient client = Client(credential);
        await client.GetSessionPropertiesAsync("s1");
        credential.Answers = false;
        await _time.PassAsync(TimeSpan.FromMinutes(59.0) + TimeSpan.FromSeconds(20.0));
        await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"));
        await ConnectionHarness.UntilAsync(() => credential.Asked == 2);
        await _time.PassAsync(TimeSpan.FromSeconds(15.0));
        Task<Response<RenderingSessionProperties>> waiting = client.GetSessionPropertiesAsync("s1");
        await ConnectionHarness.SettleAsync();
        await _time.PassAsync(TimeSpan.FromMinutes(4.0));
        Assert.Equal((2, 0), (credential.Asked, credential.Cancelled));
        credential.Release();
        Assert.Equal("s1", (await ConnectionHarness.Within(waiting)).Value.Id);
    }

    [Fact]
    public async Task SignInInTheBackground_ThatFails_LeavesNoUnobservedException()
    {
        int unobserved = 0;
        var failure = new NotSupportedException("of " + nameof(SignInInTheBackground_ThatFails_LeavesNoUnobservedException));
        void Count(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            if (args.Exception.ToString().Contains(failure.Message, StringComparison.Ordinal))
            {
                Interlocked.Increment(ref unobserved);
            }
        }

        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await FailInTheBackgroundAsync(failure);
            Heap.Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.Equal(0, unobserved);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private async Task FailInTheBackgroundAsync(Exception failure)
    {
        _service.TokenLifetime = TimeSpan.FromHours(1.0);
        var credential = new HangingCredential { Answers = true };
        RemoteRenderingClient client = Client(credential);
        await client.GetSessionPropertiesAsync("s1");
        credential.Answers = false;
        await _time.PassAsync(TimeSpan.FromMinutes(56.0));
        await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"));
        await ConnectionHarness.UntilAsync(() => credential.Asked == 2);
        credential.Fail(failure);
        await ConnectionHarness.SettleAsync();

        // The old token still works, and the failed exchange is left alone for a while.
        await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"));
        Assert.Equal(2, credential.Asked);

        // After that another takes its place, and the failed one is garbage.
        await _time.PassAsync(TimeSpan.FromSeconds(31.0));
        credential.Answers = true;
        await ConnectionHarness.Within(client.GetSessionPropertiesAsync("s1"));
        await ConnectionHarness.UntilAsync(() => credential.Asked == 3);
    }

    private RemoteRenderingClient Client(HangingCredential credential)
        => new(ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, credential, _service.Options());
}
