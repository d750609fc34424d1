using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

/// <summary>What every ledger must do. A ledger is tested by a class that derives from this one and makes it.</summary>
public abstract class SessionLedgerContract
{
    private static readonly Guid _account = new("11111111-0000-4000-8000-000000000001");
    private static readonly Guid _other = new("22222222-0000-4000-8000-000000000002");
    private static readonly SessionFailure _lost = new("HostLost", "The rendering host was lost.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected VirtualTimeProvider Time { get; } = new();

    /// <summary>
    /// Makes an empty ledger on <see cref="Time"/>, whose sessions start until a host reports and are remembered for 30 days.
    /// </summary>
    protected abstract ISessionLedger CreateLedger();

    [Fact]
    public async Task Create_NewId_IsAppliedAndStarting()
    {
        LedgerResult result = await CreateLedger()
            .CreateAsync(new SessionCreation(_account, "a", SessionSize.Premium, 20, ["https://models/one.glb"]), Token);

        Assert.True(result.IsApplied);
        SessionSnapshot session = result.Session!;
        Assert.Equal(
            (_account, "a", SessionSize.Premium, SessionState.Starting),
            (session.AccountId, session.SessionId, session.Size, session.State));
        Assert.Equal((20, 20, 1L), (session.LeaseMinutes, session.CreatedLeaseMinutes, session.Number));
        Assert.Equal(["https://models/one.glb"], session.Models);
        Assert.Equal(Time.GetUtcNow(), session.CreatedOn);
        Assert.Equal((TimeSpan.Zero, false, false), (session.HostTime, session.HasBeenReady, session.IsEnded));
        Assert.Null(session.TimeUntilReady);
        Assert.Null(session.TimeUntilEnd);
        Assert.Null(session.Failure);
        Assert.Null(session.HostAddress);
    }

    [Fact]
    public async Task Create_IdThatIsTaken_ChangesNothingAndReturnsTheHolder()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);

        LedgerResult again = await ledger.CreateAsync(new SessionCreation(_account, "a", SessionSize.Premium, 50), Token);

        Assert.False(again.IsApplied);
        Assert.Equal((SessionSize.Standard, 20), (again.Session!.Size, again.Session.LeaseMinutes));
        Assert.True((await ledger.CreateAsync(new SessionCreation(_other, "a", SessionSize.Standard, 20), Token)).IsApplied);
    }

    [Fact]
    public async Task Create_IdOfAnEndedSession_IsTakenUntilItIsForgotten()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        await ledger.StopAsync(_account, "a", Token);

        Time.AdvanceAlone(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        Assert.Equal(SessionState.Stopped, (await ledger.CreateAsync(Creation("a", 20), Token)).Session!.State);
        Time.AdvanceAlone(TimeSpan.FromTicks(1));
        Assert.Null(await ledger.ReadAsync(_account, "a", Token));
        Assert.Null((await ledger.StopAsync(_account, "a", Token)).Session);
        Assert.Null((await ledger.ExtendAsync(_account, "a", 30, Token)).Session);
        Assert.True((await ledger.CreateAsync(Creation("a", 20), Token)).IsApplied);
    }

    [Fact]
    public async Task Create_ManyAtOnceWithOneId_IsAppliedOnce()
    {
        ISessionLedger ledger = CreateLedger();
        LedgerResult[] results = await Task.WhenAll(
            Enumerable.Range(1, 32).Select(i => Task.Run(() => ledger.CreateAsync(Creation("a", i), Token).AsTask(), Token)));

        LedgerResult applied = Assert.Single(results, result => result.IsApplied);
        Assert.All(
            results, result
                => Assert.Equal(
                    (applied.Session!.Number, applied.Session.CreatedLeaseMinutes),
                    (result.Session!.Number, result.Session.CreatedLeaseMinutes)));
    }

    [Fact]
    public async Task EveryOperation_OnASessionThatIsNotThere_ReturnsNone()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        foreach ((Guid account, string id) in new[] { (_account, "A"), (_other, "a") })
        {
            Assert.Null(await ledger.ReadAsync(account, id, Token));
            Assert.Null((await ledger.ExtendAsync(account, id, 30, Token)).Session);
            Assert.Null((await ledger.StopAsync(account, id, Token)).Session);
            Assert.Null((await ledger.ReportReadyAsync(account, id, null, Token)).Session);
            Assert.Null((await ledger.ReportFailureAsync(account, id, _lost, Token)).Session);
        }

        Assert.Equal(SessionState.Starting, (await ledger.ReadAsync(_account, "a", Token))!.State);
    }

    [Fact]
    public async Task ReportReady_BeginsTheLease_WhichTimeEnds()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        Time.AdvanceAlone(TimeSpan.FromHours(2));

        LedgerResult ready = await ledger.ReportReadyAsync(_account, "a", new SessionHostAddress("gpu7", 5711, 5712), Token);

        Assert.True(ready.IsApplied);
        Assert.Equal(
            (SessionState.Ready, TimeSpan.FromMinutes(20), TimeSpan.Zero),
            (ready.Session!.State, ready.Session.TimeUntilEnd, ready.Session.HostTime));
        Assert.Equal(
            ("gpu7", 5711, 5712),
            (ready.Session.HostAddress!.Hostname, ready.Session.HostAddress.HandshakePort, ready.Session.HostAddress.InspectorPort));
        Assert.False((await ledger.ReportReadyAsync(_account, "a", new SessionHostAddress("gpu8", 1, 2), Token)).IsApplied);

        Time.AdvanceAlone(TimeSpan.FromMinutes(20) - TimeSpan.FromTicks(1));
        Assert.Equal(SessionState.Ready, (await ledger.ReadAsync(_account, "a", Token))!.State);
        Time.AdvanceAlone(TimeSpan.FromHours(1));
        SessionSnapshot expired = (await ledger.ReadAsync(_account, "a", Token))!;
        Assert.Equal((SessionState.Expired, TimeSpan.FromMinutes(20)), (expired.State, expired.HostTime));
        Assert.Equal("gpu7", expired.HostAddress!.Hostname);
    }

    [Fact]
    public async Task ReportReady_AfterTheEnd_ChangesNothing()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        await ledger.StopAsync(_account, "a", Token);

        LedgerResult result = await ledger.ReportReadyAsync(_account, "a", null, Token);

        Assert.False(result.IsApplied);
        Assert.Equal(SessionState.Stopped, result.Session!.State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReportFailure_BeforeTheEnd_EndsInErrorWithTheReason(bool ready)
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        if (ready)
        {
            await ledger.ReportReadyAsync(_account, "a", null, Token);
            Time.AdvanceAlone(TimeSpan.FromMinutes(3));
        }

        LedgerResult result = await ledger.ReportFailureAsync(_account, "a", _lost, Token);

        Assert.True(result.IsApplied);
        Assert.Equal((SessionState.Error, TimeSpan.FromMinutes(ready ? 3 : 0)), (result.Session!.State, result.Session.HostTime));
        Assert.Equal(("HostLost", _lost.Message), (result.Session.Failure!.Code, result.Session.Failure.Message));
        LedgerResult second = await ledger.ReportFailureAsync(_account, "a", new SessionFailure("Other", "Other."), Token);
        Assert.False(second.IsApplied);
        Assert.Equal("HostLost", second.Session!.Failure!.Code);
    }

    [Fact]
    public async Task Extend_LargerLease_IsAppliedWhileStartingAndWhileReady()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);

        Assert.Equal(30, (await ledger.ExtendAsync(_account, "a", 30, Token)).Session!.LeaseMinutes);
        await ledger.ReportReadyAsync(_account, "a", null, Token);
        Time.AdvanceAlone(TimeSpan.FromMinutes(29));
        LedgerResult result = await ledger.ExtendAsync(_account, "a", 31, Token);

        Assert.True(result.IsApplied);
        Assert.Equal(
            (31, 20, TimeSpan.FromMinutes(2)),
            (result.Session!.LeaseMinutes, result.Session.CreatedLeaseMinutes, result.Session.TimeUntilEnd));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(19)]
    public async Task Extend_NotLarger_ChangesNothing(int minutes)
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);

        LedgerResult result = await ledger.ExtendAsync(_account, "a", minutes, Token);

        Assert.False(result.IsApplied);
        Assert.Equal((20, SessionState.Starting), (result.Session!.LeaseMinutes, result.Session.State));
    }

    [Fact]
    public async Task Extend_AtTheMomentTheLeaseEnds_ChangesNothing()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        await ledger.ReportReadyAsync(_account, "a", null, Token);
        Time.AdvanceAlone(TimeSpan.FromMinutes(20));

        LedgerResult result = await ledger.ExtendAsync(_account, "a", 40, Token);

        Assert.False(result.IsApplied);
        Assert.Equal((SessionState.Expired, 20), (result.Session!.State, result.Session.LeaseMinutes));
    }

    [Fact]
    public async Task Extend_ManyAtOnce_NeverShrinks()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 1), Token);
        LedgerResult[] results = await Task.WhenAll(
            Enumerable.Range(2, 40).Select(i => Task.Run(() => ledger.ExtendAsync(_account, "a", i, Token).AsTask(), Token)));

        Assert.Equal(41, (await ledger.ReadAsync(_account, "a", Token))!.LeaseMinutes);
        Assert.All(results.Zip(Enumerable.Range(2, 40)), pair => Assert.True(pair.First.Session!.LeaseMinutes >= pair.Second));
    }

    [Fact]
    public async Task Stop_EndsTheSessionOnce()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        await ledger.ReportReadyAsync(_account, "a", null, Token);
        Time.AdvanceAlone(TimeSpan.FromMinutes(5));

        LedgerResult first = await ledger.StopAsync(_account, "a", Token);
        Time.AdvanceAlone(TimeSpan.FromMinutes(5));
        LedgerResult second = await ledger.StopAsync(_account, "a", Token);

        Assert.Equal((true, false), (first.IsApplied, second.IsApplied));
        Assert.Equal(
            (SessionState.Stopped, TimeSpan.FromMinutes(5), TimeSpan.Zero),
            (second.Session!.State, second.Session.HostTime, second.Session.TimeUntilEnd));
    }

    [Fact]
    public async Task List_PagesInOrderOfCreation_OfOneAccount_WithoutWhatHasEnded()
    {
        ISessionLedger ledger = CreateLedger();
        for (int i = 0; i < 7; i++)
        {
            await ledger.CreateAsync(Creation("s" + i, 20), Token);
            await ledger.CreateAsync(new SessionCreation(_other, "s" + i, SessionSize.Standard, 20), Token);
        }

        await ledger.StopAsync(_account, "s1", Token);
        SessionPage first = await ledger.ListAsync(_account, 0, 3, Token);
        Assert.Equal(["s0", "s2", "s3"], first.Sessions.Select(session => session.SessionId));

        // What starts or ends between two pages moves no other session from one to the other.
        await ledger.StopAsync(_account, "s0", Token);
        await ledger.StopAsync(_account, "s3", Token);
        await ledger.CreateAsync(Creation("s7", 20), Token);
        SessionPage second = await ledger.ListAsync(_account, first.Next!.Value, 3, Token);
        Assert.Equal(["s4", "s5", "s6"], second.Sessions.Select(session => session.SessionId));
        SessionPage third = await ledger.ListAsync(_account, second.Next!.Value, 3, Token);
        Assert.Equal(["s7"], third.Sessions.Select(session => session.SessionId));
        Assert.Null(third.Next);
        Assert.All(first.Sessions.Concat(second.Sessions), session => Assert.Equal(_account, session.AccountId));
    }

    [Fact]
    public async Task List_ExactlyOnePage_HasNoNext()
    {
        ISessionLedger ledger = CreateLedger();
        Assert.Empty((await ledger.ListAsync(_account, 0, 2, Token)).Sessions);
        await ledger.CreateAsync(Creation("a", 20), Token);
        await ledger.CreateAsync(Creation("b", 20), Token);

        SessionPage page = await ledger.ListAsync(_account, 0, 2, Token);

        Assert.Equal((2, null), (page.Sessions.Count, page.Next));
    }

    [Fact]
    public async Task Snapshot_IsNotChangedByWhatComesLater()
    {
        ISessionLedger ledger = CreateLedger();
        SessionSnapshot before = (await ledger.CreateAsync(Creation("a", 20), Token)).Session!;
        await ledger.ReportReadyAsync(_account, "a", new SessionHostAddress("gpu7", 1, 2), Token);
        await ledger.ExtendAsync(_account, "a", 30, Token);
        await ledger.ReportFailureAsync(_account, "a", _lost, Token);

        Assert.Equal((SessionState.Starting, 20), (before.State, before.LeaseMinutes));
        Assert.Null(before.Failure);
        Assert.Null(before.HostAddress);
    }

    [Fact]
    public async Task EveryOperation_Cancelled_ThrowsAndChangesNothing()
    {
        ISessionLedger ledger = CreateLedger();
        await ledger.CreateAsync(Creation("a", 20), Token);
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.CreateAsync(Creation("b", 20), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.ReadAsync(_account, "a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.ExtendAsync(_account, "a", 30, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.ReportReadyAsync(_account, "a", null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await ledger.ReportFailureAsync(_account, "a", _lost, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.StopAsync(_account, "a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ledger.ListAsync(_account, 0, 10, cancelled));

        SessionSnapshot session = Assert.Single((await ledger.ListAsync(_account, 0, 10, Token)).Sessions);
        Assert.Equal((SessionState.Starting, 20), (session.State, session.LeaseMinutes));
    }

    private static SessionCreation Creation(string id, int leaseMinutes) => new(_account, id, SessionSize.Standard, leaseMinutes);
}
