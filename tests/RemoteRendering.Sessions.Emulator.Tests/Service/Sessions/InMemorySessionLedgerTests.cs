using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

public sealed class InMemorySessionLedgerTests : SessionLedgerContract
{
    private static readonly Guid _account = new("11111111-0000-4000-8000-000000000001");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryOperation_CompletesSynchronously()
    {
        ISessionLedger ledger = CreateLedger();
        AssertCompleted(ledger.CreateAsync(new SessionCreation(_account, "a", SessionSize.Standard, 20), Token));
        AssertCompleted(ledger.ReadAsync(_account, "a", Token));
        AssertCompleted(ledger.ExtendAsync(_account, "a", 30, Token));
        AssertCompleted(ledger.ReportReadyAsync(_account, "a", null, Token));
        AssertCompleted(ledger.ReportFailureAsync(_account, "a", new SessionFailure("HostLost", "Lost."), Token));
        AssertCompleted(ledger.StopAsync(_account, "a", Token));
        AssertCompleted(ledger.ListAsync(_account, 0, 10, Token));
    }

    [Fact]
    public async Task Capacity_WhenSessionsWaitForTheirHosts_CountsThoseThatHaveOne()
    {
        var options = new InMemorySessionLedgerOptions { TimeProvider = Time, Capacity = { [SessionSize.Standard] = 1 } };
        var ledger = new InMemorySessionLedger(options);
        await ledger.CreateAsync(Creation("a"), Token);
        Time.AdvanceAlone(TimeSpan.FromDays(1));

        Assert.Equal("StandardCapacityExhausted", (await ledger.CreateAsync(Creation("b"), Token)).Session!.Failure!.Code);
        Assert.True((await ledger.CreateAsync(new SessionCreation(_account, "large", SessionSize.Premium, 20), Token)).IsApplied);
        await ledger.ReportReadyAsync(_account, "a", null, Token);
        Time.AdvanceAlone(TimeSpan.FromMinutes(20));
        Assert.Equal(SessionState.Starting, (await ledger.CreateAsync(Creation("c"), Token)).Session!.State);
        await ledger.StopAsync(_account, "c", Token);
        Assert.Equal(SessionState.Starting, (await ledger.CreateAsync(Creation("d"), Token)).Session!.State);
    }

    [Fact]
    public async Task Journal_ReceivesEveryChangeOnce_InOrder()
    {
        var journal = new RecordingJournal();
        var ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions { TimeProvider = Time, Journal = journal });
        await ledger.CreateAsync(Creation("a"), Token);
        await ledger.CreateAsync(Creation("a"), Token);
        await ledger.ReportReadyAsync(_account, "a", null, Token);
        await ledger.ExtendAsync(_account, "a", 30, Token);
        await ledger.ExtendAsync(_account, "a", 30, Token);
        await ledger.StopAsync(_account, "a", Token);
        await ledger.StopAsync(_account, "a", Token);
        await ledger.CreateAsync(Creation("b"), Token);
        await ledger.ReportFailureAsync(_account, "b", new SessionFailure("HostLost", "Lost."), Token);
        await ledger.ReportFailureAsync(_account, "b", new SessionFailure("HostLost", "Lost."), Token);

        Assert.Equal(
            ["created a Starting", "ready a Ready", "extended a 30", "stopped a Stopped", "created b Starting", "failed b Error"],
            journal.Lines);
    }

    [Theory]
    [InlineData("Retention")]
    [InlineData("Capacity")]
    public void Constructor_OptionOutOfRange_NamesIt(string option)
    {
        var options = new InMemorySessionLedgerOptions();
        if (option == "Retention")
        {
            options.Retention = TimeSpan.FromTicks(-1);
        }
        else
        {
            options.Capacity[SessionSize.Premium] = -1;
        }

        Assert.Throws<ArgumentException>(option, () => new InMemorySessionLedger(options));
    }

    protected override ISessionLedger CreateLedger() => new InMemorySessionLedger(new InMemorySessionLedgerOptions { TimeProvider = Time });

    private static SessionCreation Creation(string id) => new(_account, id, SessionSize.Standard, 20);

    private static void AssertCompleted<T>(ValueTask<T> operation) => Assert.True(operation.IsCompletedSuccessfully);
}
