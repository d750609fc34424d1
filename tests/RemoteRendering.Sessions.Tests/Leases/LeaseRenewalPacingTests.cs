using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Leases.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>Answers that are no failures, and settle nothing all the same.</summary>
public class LeaseRenewalPacingTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly VirtualTimeProvider _time = new();
    private readonly ConcurrentQueue<(bool IsRead, double At)> _requests = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Ready", false)]
    [InlineData("Hibernating", true)]
    [InlineData("Starting", true)]
    public async Task SessionInUse_WhoseAnswersDoNotTellTheLease_IsAskedAfterPausesThatGrow(string status, bool hasLease)
    {
        var service = new ScriptedService { Time = _time, Otherwise = _ => Answer(status, hasLease) };
        await using RenderingSession session = await service.Client().OpenRenderingSessionAsync("s1", Token);
        session.IsInUseOverride = true;
        int before = service.Requests.Count;
        await using RenderingLeaseRenewal renewal = session.StartLeaseRenewal(LeaseFixture.Options(TimeSpan.FromHours(8)));
        await _time.PassAsync(Minute);

        // At once, and after pauses of 2, 4, 8 and 15 seconds, each up to a fifth longer.
        Assert.InRange(service.Requests.Count - before, 5, 6);
        Assert.False(renewal.Completion.IsCompleted);
    }

    [Fact]
    public async Task DoubtAfterASleep_AnsweredByAStatusWithoutALease_IsNotAskedWithoutAPause()
    {
        var service = new ScriptedService { Time = _time, Otherwise = static _ => Answer("Ready", hasLease: true) };
        await using RenderingSession session = await service.Client().OpenRenderingSessionAsync("s1", Token);
        session.IsInUseOverride = true;
        await using RenderingLeaseRenewal renewal = session.StartLeaseRenewal(LeaseFixture.Options(TimeSpan.FromHours(8)));
        service.Otherwise = static _ => Answer("Stopping", hasLease: true);
        int before = service.Requests.Count;
        _time.Suspend(Minute);
        await _time.PassAsync(Minute);
        Assert.InRange(service.Requests.Count - before, 4, 6);
    }

    [Fact]
    public async Task RefusalThatTheReadBackDoesNotExplain_IsTriedAgainAfterPausesThatGrow()
    {
        var session = new FakeRenewableSession(isRead =>
        {
            _requests.Enqueue((isRead, _time.GetElapsedTime(0).TotalSeconds));
            return isRead ? Task.CompletedTask : Task.FromException(new RequestFailedException(422, "no"));
        });
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 5));
        await using RenderingLeaseRenewal renewal = Start(session);
        await _time.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(
            [(false, 0), (true, 0), (false, 2), (true, 2), (false, 6), (true, 6), (false, 14), (true, 14), (false, 29), (true, 29)],
            _requests);
    }

    [Fact]
    public async Task AnswerThatSettlesSomething_MakesTheNextPauseShortAgain()
    {
        FakeRenewableSession? session = null;
        var longer = new Queue<RenderingSessionLease>([FakeRenewableSession.LeaseWith(minutesLeft: 4, granted: 15)]);
        session = new FakeRenewableSession(isRead =>
        {
            _requests.Enqueue((isRead, _time.GetElapsedTime(0).TotalSeconds));
            if (_requests.Count == 3)
            {
                session!.Hear(longer.Dequeue());
                return Task.CompletedTask;
            }

            return Task.FromException(new RequestFailedException(503, "no"));
        });
        session.Hear(FakeRenewableSession.LeaseWith(minutesLeft: 4));
        await using RenderingLeaseRenewal renewal = Start(session);
        await _time.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([0, 2, 6, 6, 8], _requests.Select(static request => request.At));
    }

    private static HttpResponseMessage Answer(string status, bool hasLease)
    {
        string json = ScriptedService.SessionJson(status: status);
        return ScriptedService.Answer(
            200, hasLease ? json : json.Replace("\"maxLeaseTimeMinutes\":20,", string.Empty, StringComparison.Ordinal));
    }

    private RenderingLeaseRenewal Start(FakeRenewableSession session)
        => new(session, new LeaseRenewalOptions(TimeSpan.FromHours(8)), _time, NullLogger.Instance, static () => 0);
}
