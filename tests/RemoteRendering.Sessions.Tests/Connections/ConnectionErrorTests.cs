using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>What people are told: the sentence, the code and the words of the host reach the exception, the change and the log.</summary>
public sealed class ConnectionErrorTests
{
    [Theory]
    [InlineData(1011, RenderingConnectionReason.InternalError)]
    [InlineData(1013, RenderingConnectionReason.ConnectionLost)]
    [InlineData(4400, RenderingConnectionReason.ProtocolError)]
    [InlineData(4403, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(4408, RenderingConnectionReason.ConnectionLost)]
    [InlineData(4409, RenderingConnectionReason.LinkSuperseded)]
    public async Task HostCloses_CodeAndWordsAreInTheChangeAndInTheLog(int code, RenderingConnectionReason reason)
    {
        await using var harness = new ConnectionHarness();
        harness.Options.ReconnectPolicy = RenderingReconnectPolicy.Never;
        await harness.ConnectAsync();

        harness.Host.Link.SayClose(code, "because\nof it");

        RenderingConnectionEnd end = await harness.EndAsync();
        RenderingConnectionException error = Assert.IsType<RenderingConnectionException>(end.Error);
        Assert.Equal((reason, code, "because of it"), (error.Reason, error.HostCode, error.HostMessage));
        Assert.Contains($"It closed with code {code}. Its message: because of it", error.Message, StringComparison.Ordinal);
        Assert.Contains(harness.Log.Entries, entry => entry.Event == "ConnectionChanged" && ReferenceEquals(entry.Exception, error));
        RenderingConnectionException late = await Assert.ThrowsAsync<RenderingConnectionException>(() => harness.EchoAsync("late"));
        Assert.Contains("because of it", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("BadDay", "host says a megabyte")]
    public async Task HostRefuses_WordsAreClipped_EverywhereTheyGo()
    {
        await using var harness = new ConnectionHarness();
        string words = new string('w', 1_000_000) + "\u001b[2J";
        harness.Host.IsDeafToBind = true;
        Task established = harness.Begin();
        await ConnectionHarness.UntilAsync(() => harness.Host.Binds.Count == 1);

        string message = System.Text.Json.JsonSerializer.Serialize(words);
        harness.Host.Link.Say(
            """{"jsonrpc":"2.0","id":0,"error":{"code":1203,"data":{"reason":"OtherSessionConnected"},"message":""" + message + "}}");

        RenderingConnectionException error =
            await Assert.ThrowsAsync<RenderingConnectionException>(() => ConnectionHarness.Within(established));
        Assert.Equal((RenderingConnectionReason.OtherSessionConnected, 1203), (error.Reason, error.HostCode));
        Assert.Equal(new string('w', 256) + "…", error.HostMessage);
        Assert.InRange(error.Message.Length, 1, 400);
        Assert.All(harness.Log.Entries, entry => Assert.InRange(entry.Text.Length + (entry.Exception?.Message.Length ?? 0), 0, 1000));
    }

    /// <summary>
    /// Every change to Reconnecting or Disconnected, however it comes about, has an error with a sentence, unless the application asked for
    /// it; and no sentence says the same twice.
    /// </summary>
    [Fact]
    public async Task EveryEnd_HasAnErrorWithOneSentence()
    {
        foreach (RenderingConnectionReason reason in Enum.GetValues<RenderingConnectionReason>())
        {
            foreach (
                Exception? cause in new Exception?[]
                {
                    null, new IOException("The wire was cut."), new RenderingConnectionException(reason, "The host said so.")
                })
            {
                await using var harness = new ConnectionHarness();
                await harness.ConnectAsync();

                harness.Run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(reason, cause));

                RenderingConnectionEnd end = await harness.EndAsync();
                if (ConnectionReasons.IsRequested(reason))
                {
                    Assert.Same(cause, end.Error);
                }
                else
                {
                    RenderingConnectionException error = Assert.IsType<RenderingConnectionException>(end.Error);
                    Assert.Equal(reason, error.Reason);
                    Assert.Contains(cause?.Message ?? ConnectionReasons.Sentence(reason), error.Message, StringComparison.Ordinal);
                }

                RenderingConnectionException late = await Assert.ThrowsAsync<RenderingConnectionException>(() => harness.EchoAsync("late"));
                Assert.Equal(1, late.Message.Split("The connection has ended").Length - 1);
            }
        }
    }

    [Fact]
    public async Task ApplicationEnds_HasNoErrorAndLosesNothing()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        CancellationToken lost = harness.Run.Lost;

        await ConnectionHarness.Within(harness.Run.DisconnectAsync(default));

        RenderingConnectionEnd end = await harness.EndAsync();
        Assert.Null(end.Error);
        Assert.Equal(RenderingConnectionAdvice.DoNotReconnect, end.Advice);
        await DeliveredAsync(harness);
        Assert.False(lost.IsCancellationRequested);
        Assert.False(harness.Run.Lost.IsCancellationRequested);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SessionStopped_IsALossOnlyWhenAnotherStoppedIt(bool byThisClient)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Environment.IsStoppedHere = byThisClient;
        CancellationToken lost = harness.Run.Lost;

        harness.Run.Fire(ConnectionTrigger.SessionEnded, new ConnectionCause(RenderingConnectionReason.SessionStopped));

        await DeliveredAsync(harness);
        Assert.Equal(!byThisClient, lost.IsCancellationRequested);
        Assert.Equal(!byThisClient, harness.Run.Lost.IsCancellationRequested);
    }

    [Fact]
    [Trait("BadDay", "host does not come back within its grace")]
    public async Task GraceExpires_AfterRefusals_SaysWhatTheHostSaid_AndNotHowTheLastAttemptWasCutShort()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.Grace = TimeSpan.FromSeconds(5);
        harness.Host.DeadAfter = TimeSpan.FromSeconds(6);
        harness.Options.ReconnectPolicy = new FixedPolicy(TimeSpan.FromSeconds(1));
        await harness.ConnectAsync();
        for (int attempt = 0; attempt < 9; attempt++)
        {
            harness.Host.FailNext(
                new RenderingConnectionException(
                    RenderingConnectionReason.HandshakeConnectionRefused, "The host refused the connection.", null, 111, "no room", null));
        }

        harness.Host.DoNext(static async (_, token) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(token);
            throw new InvalidOperationException("Never.");
        });
        harness.Host.Link.Cut();
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        for (int attempt = 0; attempt < 10; attempt++)
        {
            await harness.WaitForNextAttemptAsync();
        }

        await ConnectionHarness.UntilAsync(() => harness.Host.Attempts == 11 && harness.Time.PendingTimers == 1);
        await harness.Time.PassAsync(harness.Time.UntilNextTimer!.Value);

        RenderingConnectionException error = Assert.IsType<RenderingConnectionException>((await harness.EndAsync()).Error);
        Assert.Equal(
            "The host did not respond within its grace time. 10 attempts failed; the last failure: The host refused the connection.",
            error.Message);
        Assert.Equal((RenderingConnectionReason.GraceExpired, 111, "no room"), (error.Reason, error.HostCode, error.HostMessage));
    }

    [Fact]
    public async Task Progress_WhileConnectingAndReconnecting_ShowsFailureAttemptsAndTheNextMoment()
    {
        var told = new ConcurrentQueue<RenderingConnectionProgress>();
        await using var harness = new ConnectionHarness();
        harness.Options.InitialConnectPolicy = harness.Options.ReconnectPolicy = new FixedPolicy(TimeSpan.FromSeconds(3));
        harness.Options.Progress = new Listener(told.Enqueue);
        harness.Host.RefuseNext(1503, "TooManyRequests", retryAfterMs: 7000);
        harness.Host.FailNext(new IOException("No network."));

        Task established = harness.Begin();
        await harness.WaitForBackoffAsync();
        await ConnectionHarness.UntilAsync(() => harness.Run.Progress.NextAttemptOn is not null);
        AssertProgress(1, "No network.", harness.Time.GetUtcNow() + TimeSpan.FromSeconds(3));
        await harness.WaitForNextAttemptAsync();
        await ConnectionHarness.UntilAsync(
            () => harness.Run.Progress.FailedAttempts == 2 && harness.Run.Progress.NextAttemptOn is not null);
        AssertProgress(2, "No.", harness.Time.GetUtcNow() + TimeSpan.FromSeconds(7));
        Assert.Equal(1503, harness.Run.Progress.LastFailure!.HostCode);
        await harness.WaitForNextAttemptAsync();
        await ConnectionHarness.Within(established);
        Assert.Equal(
            (0, null, null), (harness.Run.Progress.FailedAttempts, harness.Run.Progress.LastFailure, harness.Run.Progress.NextAttemptOn));

        harness.Host.Link.SayClose(1011, "because");
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.WaitForBackoffAsync();
        await ConnectionHarness.UntilAsync(() => harness.Run.Progress.NextAttemptOn is not null);
        AssertProgress(
            0, "The host reported an internal error. It closed with code 1011. Its message: because",
            harness.Time.GetUtcNow() + TimeSpan.FromSeconds(3));

        await DeliveredAsync(harness);
        Assert.Equal([1, 2, 0], told.Select(progress => progress.FailedAttempts));

        void AssertProgress(int failed, string message, DateTimeOffset next)
        {
            RenderingConnectionProgress progress = harness.Run.Progress;
            Assert.Equal((failed, message, next), (progress.FailedAttempts, progress.LastFailure?.Message, progress.NextAttemptOn));
            Assert.Contains(message, progress.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LinkLost_IsAWarningWithTheErrorInIt()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();

        harness.Host.Link.SayClose(1011, "because");
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        await harness.WaitForBackoffAsync();

        (LogLevel level, _, _, Exception? exception) = Assert.Single(harness.Log.Entries, entry => entry.Event == "ConnectionLinkLost");
        Assert.Equal((LogLevel.Warning, 1011), (level, Assert.IsType<RenderingConnectionException>(exception).HostCode));
    }

    private static async Task DeliveredAsync(ConnectionHarness harness)
    {
        var delivered = new TaskCompletionSource();
        harness.Observers.Post(pumped: false, delivered.SetResult);
        await ConnectionHarness.Within(delivered.Task);
    }

    private sealed class FixedPolicy(TimeSpan delay) : RenderingReconnectPolicy
    {
        public override TimeSpan? NextDelay(RenderingReconnectContext context) => delay;
    }

    private sealed class Listener(Action<RenderingConnectionProgress> report) : IProgress<RenderingConnectionProgress>
    {
        public void Report(RenderingConnectionProgress value) => report(value);
    }
}
