using RemoteRendering.Sessions.Connections.Messages;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Links;

public sealed class HostLinkEndTests
{
    [Fact]
    public async Task Bind_TokenCancelled_EndsTheLink()
    {
        await using var fixture = new LinkFixture();
        using var source = new CancellationTokenSource();
        Task<BindAnswer> binding = fixture.Link.BindAsync(fixture.Request, source.Token);

        source.Cancel();

        ConnectionFailure failure = await fixture.EndAsync();
        Assert.Equal((RenderingConnectionReason.Timeout, "The host did not answer in time."), (failure.Reason, failure.Message));
        Assert.Equal(
            failure.Message, (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(binding))).Message);
    }

    [Fact]
    public async Task Bind_CannotBeSent_EndsTheLink()
    {
        await using var fixture = new LinkFixture();
        fixture.OnSend = static _ => throw new IOException("The wire is gone.");

        Task<BindAnswer> binding = fixture.Link.BindAsync(fixture.Request, default);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(binding));
        Assert.Equal((RenderingConnectionReason.ConnectionLost, "The wire is gone."), (error.Reason, error.Message));
        Assert.Equal(RenderingConnectionReason.ConnectionLost, (await fixture.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(true, 10, 1)]
    [InlineData(true, 0, 0)]
    [InlineData(false, 10, 0)]
    [InlineData(false, 0, 0)]
    public async Task Bind_ThatMayTakeLong_KeepsTheLinkAliveMeanwhile(bool takeOver, int drain, int timers)
    {
        await using var fixture = new LinkFixture();
        fixture.Request.TakeOver = takeOver;
        fixture.Request.Drain = TimeSpan.FromSeconds(drain);
        Task<BindAnswer> binding = fixture.Link.BindAsync(fixture.Request, default);
        await Quiescence.WaitAsync();

        Assert.Equal(timers, fixture.Time.Running);
        for (int tick = 0; tick < timers * 5; tick++)
        {
            await fixture.TickAsync();
        }

        Assert.Equal(Enumerable.Repeat(LinkFixture.KeepAlive(0), timers * 5), fixture.Sent);
        fixture.Link.End(LinkFixture.Failure());
        await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(binding));
    }

    [Fact]
    public async Task End_Twice_OnlyTheFirstCounts()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();

        fixture.Link.End(LinkFixture.Failure("First."));
        fixture.Link.End(LinkFixture.Failure("Second."), 1000);

        Assert.Equal("First.", (await fixture.EndAsync()).Message);
        Assert.Null(fixture.Wire.ClosedByClientWith);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1000, 1000)]
    public async Task End_WithACode_TellsTheHost(int code, int? said)
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();

        fixture.Link.End(LinkFixture.Failure(), code);
        await Quiescence.WaitAsync();

        Assert.Equal(said, fixture.Wire.ClosedByClientWith);
        Assert.True(fixture.Wire.IsAborted);
    }

    [Fact]
    public async Task End_WithACodeWhileSomethingIsSent_TellsTheHostAfterIt()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.SendGate = new TaskCompletionSource();
        fixture.Submit();

        fixture.Link.End(LinkFixture.Failure(), 1000);
        await Quiescence.WaitAsync();
        Assert.Null(fixture.Wire.ClosedByClientWith);
        Assert.False(fixture.Wire.IsAborted);
        fixture.Wire.SendGate.SetResult();
        await Quiescence.WaitAsync();

        Assert.Equal(1000, fixture.Wire.ClosedByClientWith);
        Assert.True(fixture.Wire.IsAborted);
    }

    [Fact]
    public async Task End_WithACodeWhileASendHangs_CutsTheWireAfterASecond()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.SendGate = new TaskCompletionSource();
        fixture.Submit();

        fixture.Link.End(LinkFixture.Failure(), 1000);
        await Quiescence.WaitAsync();
        Assert.Equal(TimeSpan.FromSeconds(1), fixture.Time.Due);
        await fixture.TickAsync();

        Assert.Null(fixture.Wire.ClosedByClientWith);
        Assert.True(fixture.Wire.IsAborted);
    }

    [Fact]
    public async Task Finished_AReceiveIsStillUnderWay_WaitsForIt()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.ReceiveGate = new TaskCompletionSource();

        fixture.Link.End(LinkFixture.Failure());

        Assert.True(fixture.Link.Completion.IsCompleted);
        Assert.False(fixture.Link.Finished.IsCompleted);
        fixture.Wire.ReceiveGate.SetResult();
        await ConnectionHarness.Within(fixture.Link.Finished);
    }

    [Fact]
    public async Task Finished_TheCloseIsStillUnderWay_WaitsForIt()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.CloseGate = new TaskCompletionSource();

        fixture.Link.End(LinkFixture.Failure(), 1000);
        fixture.Wire.Cut();
        await ConnectionHarness.SettleAsync();

        Assert.False(fixture.Link.Finished.IsCompleted);
        Assert.False(fixture.Wire.IsAborted);
        fixture.Wire.CloseGate.SetResult();
        await ConnectionHarness.Within(fixture.Link.Finished);
        Assert.True(fixture.Wire.IsAborted);
    }

    [Fact]
    public async Task Close_Fails_CutsTheWireAllTheSame()
    {
        await using var fixture = new LinkFixture();
        await fixture.ServeAsync();
        fixture.Wire.CloseGate = new TaskCompletionSource();
        fixture.Wire.CloseGate.SetException(new IOException("The wire is gone."));

        fixture.Link.End(LinkFixture.Failure(), 1000);

        await ConnectionHarness.Within(fixture.Link.Finished);
        Assert.True(fixture.Wire.IsAborted);
        Assert.Contains(fixture.Log.Entries, entry => entry.Text == "Sending close code 1000 failed.");
    }
}
