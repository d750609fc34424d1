using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>
/// Callbacks of a renewal are code of an application: they run on no loop of ours, so they may stop or dispose of anything and wait for it,
/// whichever way the end was found.
/// </summary>
[ExpectedLog("LeaseLost", "LeaseAttemptFailed", "LeaseHandlerFailed", "LeaseEventHandlerFailed", "SessionEnded")]
public sealed class LeaseCallbackTests
{
    private readonly VirtualTimeProvider _time = new();

    /// <summary>How the end is found out.</summary>
    public enum Found
    {
        ByTheRenewal,
        ByTheClock,
        ByARead,
        ByAWatch,
        ByAStop,
    }

    /// <summary>What the callback does, and waits for.</summary>
    public enum Does
    {
        StopTheRenewal,
        DisposeOfTheRenewal,
        DisposeOfTheSession,
        StopTheSession,
        WaitForCompletion,
    }

    public static TheoryData<Found, Does, bool> Cases()
    {
        var cases = new TheoryData<Found, Does, bool>();
        foreach (Found found in Enum.GetValues<Found>())
        {
            foreach (Does does in Enum.GetValues<Does>())
            {
                cases.Add(found, does, true);
                cases.Add(found, does, false);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task CallbackThatWaits_DoesNotDeadlock(Found found, Does does, bool isToken)
    {
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready(lease: 10) };
        await using RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), service);
        await session.GetPropertiesAsync();
        RenderingLeaseRenewal renewal =
            session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0)) { RenewWhileDisconnected = true });
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Callback()
        {
            begun.TrySetResult();
            try
            {
                Do(does, session, renewal).Wait(ConnectionHarness.Patience);
                done.TrySetResult();
            }
            catch (Exception exception)
            {
                done.TrySetException(exception);
                throw;
            }
        }

        if (isToken)
        {
            renewal.Lost.Register(Callback);
        }
        else
        {
            renewal.Changed += (_, change) => Act(change.Kind == LeaseRenewalChangeKind.Lost, Callback);
        }

        await EndAsync(found, service, session, renewal);
        await ConnectionHarness.Within(begun.Task);
        if (does == Does.WaitForCompletion)
        {
            // It waits for the callbacks, but not for ever.
            await Quiescence.WaitAsync(blocked: 1);
            _time.AdvanceAlone(TimeSpan.FromSeconds(5.0));
        }

        await ConnectionHarness.Within(done.Task);
        await ConnectionHarness.Within(renewal.Completion);
        Assert.True(renewal.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task CallbacksThatThrowOrBlock_KeepNothingFromOthers()
    {
        var service = new ScriptedService { Time = _time, Otherwise = static _ => ScriptedSession.Ready(lease: 10) };
        await using RenderingSession session = await ScriptedSession.OpenAsync(new FakeHost(), service);
        await session.GetPropertiesAsync();
        RenderingLeaseRenewal renewal = session.StartLeaseRenewal(new LeaseRenewalOptions(TimeSpan.FromHours(8.0)));
        var release = new ManualResetEventSlim();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        renewal.Lost.Register(() => release.Wait(ConnectionHarness.Patience));
        renewal.Lost.Register(static () => throw new InvalidOperationException("token"));
        renewal.Changed += static (_, _) => throw new InvalidOperationException("handler");
        renewal.Changed += (_, _) => heard.TrySetResult();
        service.Otherwise = static _ => ScriptedSession.Answer("Stopped");
        await ConnectionHarness.Within(session.GetPropertiesAsync());
        await ConnectionHarness.Within(heard.Task);
        await ConnectionHarness.Within(renewal.StopAsync());
        Assert.False(renewal.Completion.IsCompleted);
        await Quiescence.WaitAsync(blocked: 1);
        _time.AdvanceAlone(TimeSpan.FromSeconds(5.0));
        Assert.Equal(LeaseRenewalEndReason.SessionEnded, await ConnectionHarness.Within(renewal.Completion));
        release.Set();
    }

    private static void Act(bool isDue, Action callback)
    {
        if (isDue)
        {
            callback();
        }
    }

    private static Task Do(Does does, RenderingSession session, RenderingLeaseRenewal renewal) => does switch
    {
        Does.StopTheRenewal => renewal.StopAsync(),
        Does.DisposeOfTheRenewal => renewal.DisposeAsync().AsTask(),
        Does.DisposeOfTheSession => session.DisposeAsync().AsTask(),
        Does.StopTheSession => session.StopAsync(),
        _ => renewal.Completion,
    };

    private async Task EndAsync(Found found, ScriptedService service, RenderingSession session, RenderingLeaseRenewal renewal)
    {
        switch (found)
        {
            case Found.ByTheRenewal:
                service.Otherwise = static request => request.Method == HttpMethod.Post
                    ? ScriptedService.Answer(204)
                    : ScriptedService.Answer(404);
                int requests = service.Requests.Count;
                var held = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
                service.Then((_, _) => held.Task);
                await _time.PassUntilAsync(() => service.Requests.Count > requests);
                held.SetResult(ScriptedService.Answer(404));
                break;
            case Found.ByTheClock:
                service.Otherwise = static request => request.Method == HttpMethod.Post
                    ? ScriptedService.Answer(204)
                    : ScriptedService.Answer(503);
                await _time.StallAsync(TimeSpan.FromMinutes(11.0));
                break;
            case Found.ByARead:
                service.Otherwise = Ended;
                await ConnectionHarness.Within(session.GetPropertiesAsync());
                break;
            case Found.ByAWatch:
                service.Otherwise = Ended;
                await foreach (RenderingSessionChange change in session.WatchAsync())
                {
                    if (change.EndReason is not null)
                    {
                        break;
                    }
                }

                break;
            default:
                // One that finds the session gone: what the application itself has stopped it has not lost.
                service.Otherwise = static _ => ScriptedService.Answer(404);
                await ConnectionHarness.Within(session.StopAsync());
                break;
        }
    }

    private static HttpResponseMessage Ended(HttpRequestMessage request)
        => request.Method == HttpMethod.Post ? ScriptedService.Answer(204) : ScriptedSession.Answer("Stopped");
}
