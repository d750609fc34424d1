using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Connections.Controller;
using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Models.Connections;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>
/// Hosts that bind and then misbehave: none of them is tried for ever, none makes this device a nuisance, and what fails late surfaces
/// nowhere.
/// </summary>
public sealed class HostileHostTests
{
    [Theory]
    [Trait("BadDay", "host closes with a code that is final")]
    [InlineData(4403, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(1008, RenderingConnectionReason.HandshakeFailed)]
    [InlineData(1002, RenderingConnectionReason.ProtocolError)]
    [InlineData(1003, RenderingConnectionReason.ProtocolError)]
    [InlineData(1007, RenderingConnectionReason.ProtocolError)]
    [InlineData(1010, RenderingConnectionReason.ProtocolError)]
    public async Task BindsAndClosesWithAFinalCode_IsNotTriedAgain(int code, RenderingConnectionReason reason)
    {
        await using var harness = new ConnectionHarness();
        harness.Host.OnBound = link => link.SayClose(code, "because");
        await ConnectionHarness.Within(harness.Begin());

        RenderingConnectionEnd end = await harness.EndAsync();

        Assert.Equal((reason, code), (end.Reason, Assert.IsType<RenderingConnectionException>(end.Error).HostCode));
        Assert.Equal(1, harness.Host.Attempts);
    }

    /// <summary>The fresh token was taken in between: two ends of this kind are not two refusals.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task TokenRunsOutOnShortLinks_ComesBackWithAFreshOneEachTime(int times)
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        for (int time = 0; time < times; time++)
        {
            await harness.Time.PassAsync(TimeSpan.FromSeconds(2));
            harness.Host.Link.SayClose(4401);
            await harness.WaitForAsync(ConnectionStatus.Reconnecting);
            await harness.AdvanceUntilAsync(ConnectionStatus.Connected, TimeSpan.FromSeconds(30));
            await harness.WaitForAsync(ConnectionStatus.Connected);
        }

        Assert.Equal(times, harness.Environment.RefusedTokens);
        Assert.Equal(times + 1, harness.Host.Contexts.Select(context => context.AccessToken).Distinct().Count());
    }

    [Fact]
    [Trait("BadDay", "the token runs out on one link after the other")]
    public async Task TokenRunsOutAtOnceOnEveryLink_Ends()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.OnBound = static link => link.SayClose(4401);
        await ConnectionHarness.Within(harness.Begin());

        await harness.AdvanceUntilAsync(ConnectionStatus.Disconnected, TimeSpan.FromMinutes(2));

        Assert.Equal((RenderingConnectionReason.AuthenticationFailed, 5), (harness.LastChange.Reason, harness.Host.Attempts));
    }

    [Fact]
    public async Task TokenRanOut_AndTheFreshOneIsRefused_Ends()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        harness.Host.FailNext(new RenderingConnectionException(RenderingConnectionReason.AuthenticationFailed, "401"));

        harness.Host.Link.SayClose(4401);

        Assert.Equal(RenderingConnectionReason.AuthenticationFailed, (await harness.EndAsync()).Reason);
        Assert.Equal(2, harness.Host.Attempts);
    }

    [Fact]
    [Trait("BadDay", "host wants to hear this device more often")]
    public async Task KeepAliveOfAMillisecond_IsFollowedTenTimesASecond()
    {
        await using var harness = new ConnectionHarness();
        harness.Host.KeepAlive = TimeSpan.FromMilliseconds(1);
        await harness.ConnectAsync();

        await harness.Time.PassAsync(TimeSpan.FromSeconds(1));

        Assert.InRange(harness.Host.Link.Sent.Count(message => message.Contains("keepAlive", StringComparison.Ordinal)), 9, 10);
    }

    [Fact]
    public async Task ReconnectNow_TwentyTimesAtOnce_StaysWithinTheBudget()
    {
        await using var harness = new ConnectionHarness();
        await harness.ConnectAsync();
        for (int turn = 0; turn < 9; turn++)
        {
            Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
            await harness.WaitForAsync(ConnectionStatus.Reconnecting);
            await harness.WaitForAsync(ConnectionStatus.Connected);
        }

        Assert.True(harness.Run.Fire(ConnectionTrigger.ReconnectRequested));
        await harness.WaitForAsync(ConnectionStatus.Reconnecting);
        for (int turn = 0; turn < 10; turn++)
        {
            harness.Run.Fire(ConnectionTrigger.ReconnectRequested);
            await ConnectionHarness.SettleAsync();
        }

        Assert.Equal(10, harness.Host.Attempts);
        await ConnectionHarness.UntilAsync(() => harness.Run.Progress.NextAttemptOn == harness.Time.GetUtcNow() + AttemptBudget.Window);
        await harness.Time.PassAsync(AttemptBudget.Window);
        await harness.WaitForAsync(ConnectionStatus.Connected);
    }

    [Fact]
    public async Task WhatFailsAfterTheConnectionHasEnded_SurfacesNowhere()
    {
        string marker = Guid.NewGuid().ToString("N");
        var surfaced = new ConcurrentQueue<string>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs arguments)
        {
            if (arguments.Exception.ToString().Contains(marker, StringComparison.Ordinal))
            {
                surfaced.Enqueue(arguments.Exception.ToString());
            }
        }

        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            foreach (string part in new[] { "token", "transport", "look", "confirm", "request" })
            {
                await FailLateAsync(part, marker);
            }

            Heap.Collect();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }

        Assert.Empty(surfaced);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task FailLateAsync(string part, string marker)
    {
        var failing = new TaskCompletionSource<bool>();
        bool isReached = false;
        async Task<T> FailAsync<T>()
        {
            isReached = true;
            await failing.Task;
            throw new InvalidTimeZoneException($"{part} {marker}");
        }

        await using var harness = new ConnectionHarness();
        harness.Allow("ConnectionEndNotConfirmed");
        switch (part)
        {
            case "token":
                harness.Environment.Token = _ => new ValueTask<string>(FailAsync<string>());
                _ = Abandonable.Observe(harness.Begin());
                break;
            case "transport":
                harness.Host.DoNext((_, _) => FailAsync<RenderingTransportLink>());
                _ = Abandonable.Observe(harness.Begin());
                break;
            case "look":
                harness.Environment.Look = _ => FailAsync<bool>();
                harness.Host.FailNext(new IOException("No network."));
                _ = Abandonable.Observe(harness.Begin());
                break;
            case "confirm":
                harness.Environment.Confirming = FailAsync<bool>();
                await harness.ConnectAsync();
                harness.Host.Link.Say(
                    """{"jsonrpc":"2.0","method":"goodbye","params":{"reason":"SessionStopped","comeBack":false,"afterMs":0}}""");
                await harness.EndAsync();
                break;
            default:
                await harness.ConnectAsync();
                harness.Host.IsMute = true;
                harness.Environment.Network.Change();
                await harness.Time.PassAsync(TimeSpan.FromMilliseconds(100));
                await ConnectionHarness.UntilAsync(() => harness.Host.Runs.Count == 1);
                isReached = true;
                break;
        }

        await ConnectionHarness.UntilAsync(() => isReached);
        harness.Run.Fire(
            ConnectionTrigger.SessionEnded,
            new ConnectionCause(RenderingConnectionReason.SessionStopped, new InvalidTimeZoneException($"end of {part} {marker}")));
        await ConnectionHarness.Within(harness.Run.Over);
        failing.SetResult(true);
    }
}
