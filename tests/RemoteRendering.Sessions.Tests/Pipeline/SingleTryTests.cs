using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline;

/// <summary>
/// Requests of loops are sent once; what an app sends from a handler that such a loop calls has the retries of the pipeline.
/// </summary>
[ExpectedLog("LeaseLost", "LeaseAttemptFailed")]
public class SingleTryTests
{
    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task Call_InAHandlerOfARenewal_IsRepeatedAsAnyOther()
    {
        var time = new VirtualTimeProvider();
        var service =
            new ScriptedService { Time = time, Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson(lease: 2)) };
        RemoteRenderingClient client = service.Client();
        await using RenderingSession session = await client.OpenRenderingSessionAsync("s1");
        session.IsInUseOverride = true;
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(1.0)));
        var replaced = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        renewal.Changed += async (_, change) =>
        {
            if (change.Kind != LeaseRenewalChangeKind.Lost)
            {
                return;
            }

            try
            {
                service.Then(503).Then(200, ScriptedService.SessionJson());
                replaced.TrySetResult((await client.GetSessionPropertiesAsync("s1")).Value.Id);
            }
            catch (Exception exception)
            {
                replaced.TrySetException(exception);
            }
        };
        service.Otherwise = static _ => ScriptedService.Answer(200, ScriptedService.SessionJson(status: "Stopped"));
        await time.PassUntilAsync(() => replaced.Task.IsCompleted, TimeSpan.FromSeconds(200.0));
        Assert.Equal("s1", await ConnectionHarness.Within(replaced.Task));
    }

    [Fact]
    public async Task Look_OfAWatch_IsSentOnce()
    {
        var time = new VirtualTimeProvider();
        var service = new ScriptedService { Time = time, Otherwise = static _ => ScriptedService.Answer(503) };
        service.Then(200, ScriptedService.SessionJson(status: "Starting"));
        RemoteRenderingClient client = service.Client();
        RenderingSession session = await client.OpenRenderingSessionAsync("s1");
        using var source = new CancellationTokenSource();
        Task waiting = session.WaitUntilReadyAsync(cancellationToken: source.Token);
        await ConnectionHarness.UntilAsync(() => service.Requests.Count > 1 && client.Observer.IsResting);
        Assert.Equal(2, service.Requests.Count);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ConnectionHarness.Within(waiting));
    }
}
