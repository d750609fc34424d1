using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Runs;

public sealed class ConnectionRunEndTests
{
    [Theory]
    [InlineData(RenderingConnectionReason.SessionStopped, "The session was stopped.")]
    [InlineData(RenderingConnectionReason.LeaseExpired, "The lease of the session ran out.")]
    [InlineData(RenderingConnectionReason.SessionFailed, "The session failed.")]
    [InlineData(RenderingConnectionReason.SessionNotFound, "There is no such session.")]
    public async Task SessionEnded_WhileConnecting_ConnectSaysWhy(RenderingConnectionReason reason, string sentence)
    {
        await using var harness = new ConnectionHarness();
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();

        harness.Run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(reason));

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established));
        Assert.Equal((reason, sentence), (error.Reason, error.Message));
    }

    [Theory]
    [InlineData(true, RenderingConnectionReason.Cancelled, "The connect was cancelled.")]
    [InlineData(false, RenderingConnectionReason.DisconnectRequest, "The application disconnected.")]
    public async Task GivenUp_WhileConnecting_ConnectSaysWhy(bool cancelled, RenderingConnectionReason reason, string sentence)
    {
        await using var harness = new ConnectionHarness();
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();

        harness.Run.Fire(cancelled ? ConnectionTrigger.ConnectCancelled : ConnectionTrigger.DisconnectRequested);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established));
        Assert.Equal((reason, sentence), (error.Reason, error.Message));
    }

    [Fact]
    [Trait("BadDay", "message too large")]
    public async Task LinkBroken_ForGood_WhatWaitsAndWhatComesLaterSaysWhy()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.IsMute = true;
        Task<string> waiting = harness.EchoAsync("waiting");
        var cause = new RenderingConnectionException(RenderingConnectionReason.MessageTooLarge, "Too much for this device.");

        harness.Host.Link.Cut(cause);

        Assert.Equal(
            "Too much for this device.",
            (await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(waiting))).Message);
        RenderingConnectionException late = await Assert.ThrowsAsync<RenderingConnectionException>(() => harness.EchoAsync("late"));
        Assert.Equal(
            (RenderingConnectionReason.NoConnection, "The connection has ended: Too much for this device."), (late.Reason, late.Message));
        Assert.Same(cause, (await harness.EndAsync()).Error);
    }

    [Fact]
    public async Task ConnectFails_ThrowsWhatTheTransportThrew()
    {
        await using var harness = new ConnectionHarness();
        harness.Options.InitialConnectPolicy = RenderingReconnectPolicy.Never;
        var cause = new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens.");
        harness.Host.FailNext(cause);

        Assert.Same(cause, await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin())));
    }

    [Fact]
    public async Task ConnectFails_LeaseEndsBeforeTheNextAttempt_ThrowsThatReason()
    {
        await using var harness = new ConnectionHarness();
        harness.Environment.LeaseLeft = TimeSpan.Zero;
        var cause = new RenderingConnectionException(RenderingConnectionReason.HandshakeConnectionRefused, "Nobody listens.");
        harness.Host.FailNext(cause);

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.LeaseExpired, error.Reason);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public async Task Lost_AskedForBeforeAndAfterTheEnd_IsCancelled()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        CancellationToken first = harness.Run.Lost;
        CancellationToken second = harness.Run.Lost;
        Assert.False(first.IsCancellationRequested);

        await EndAndDeliverAsync(harness);

        Assert.True(first.IsCancellationRequested);
        Assert.True(second.IsCancellationRequested);
        Assert.True(harness.Run.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Lost_FirstAskedForAfterTheEnd_IsCancelled()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        await EndAndDeliverAsync(harness);

        Assert.True(harness.Run.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task Disconnect_CancelledBefore_DoesNothing()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => harness.Run.DisconnectAsync(new CancellationToken(canceled: true)));

        Assert.Equal(ConnectionStatus.Connected, harness.Status);
        Assert.Equal("still here", await ConnectionHarness.Within(harness.EchoAsync("still here")));
    }

    [Fact]
    public async Task Flow_BreaksWhileConnecting_EndsWithInternalError()
    {
        await using var harness = new ConnectionHarness();
        harness.Allow("ConnectionRunFailed");
        var bug = new InvalidTimeZoneException("A bug.");
        harness.Environment.OnLeaseRead = () => throw bug;
        harness.Host.FailNext(new IOException("No network."));

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        Assert.Equal(RenderingConnectionReason.InternalError, error.Reason);
        Assert.Same(bug, error.InnerException);
        Assert.Contains(
            harness.Log.Entries, entry
                => entry.Text == "The connection to session my-session failed with an unexpected exception."
                    && ReferenceEquals(entry.Exception, bug));
    }

    [Fact]
    public async Task Flow_BreaksWhileConnected_EndsWithInternalErrorAndWithoutALink()
    {
        await using var harness = new ConnectionHarness();
        harness.Allow("ConnectionRunFailed");
        var bug = new InvalidTimeZoneException("A bug of a logger.");
        harness.Log.OnEvent = name => _ = name == "ConnectionBound" ? throw bug : 0;
        await ConnectionHarness.Within(harness.Begin());

        RenderingConnectionEnd end = await harness.EndAsync();

        Assert.Equal(RenderingConnectionReason.InternalError, end.Reason);
        Assert.Same(bug, Assert.IsType<RenderingConnectionException>(end.Error).InnerException);
        await ConnectionHarness.Within(harness.Run.FinishAsync());
        Assert.True(harness.Host.Link.IsAborted);
    }

    [Fact]
    public async Task EndCannotBeConfirmed_IsLoggedAndTheRunIsOver()
    {
        await using var harness = new ConnectionHarness();
        harness.Environment.ConfirmError = new HttpRequestException("No network.");
        harness.Host.RefuseNext(1205, "SessionEnded");

        await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(harness.Begin()));

        await ConnectionHarness.Within(harness.Run.Over);
        Assert.Equal(1, harness.Environment.Confirmations);
        Assert.Contains(
            harness.Log.Entries, entry => entry.Event == "ConnectionEndNotConfirmed" && entry.Exception is HttpRequestException);
    }

    [Fact]
    public async Task EndIsBeingConfirmed_TheRunIsOver_AndAFinishDoesNotWaitForIt()
    {
        await using var harness = new ConnectionHarness();
        var reading = new TaskCompletionSource();
        harness.Environment.Confirming = reading.Task;
        await harness.ConnectAsync();

        harness.Host.Link.Say("""{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"SessionStopped","comeBack":false,"afterMs":0}}""");
        await harness.EndAsync();
        await ConnectionHarness.Within(harness.Run.DisconnectAsync(default));
        await ConnectionHarness.UntilAsync(() => harness.Environment.Confirmations == 1);

        // The read does not look at its token.
        await ConnectionHarness.Within(harness.Run.FinishAsync());
    }

    private static async Task EndAndDeliverAsync(ConnectionHarness harness)
    {
        harness.Run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(RenderingConnectionReason.SessionStopped));
        var delivered = new TaskCompletionSource();
        harness.Observers.Post(pumped: false, delivered.SetResult);
        await ConnectionHarness.Within(delivered.Task);
    }
}
