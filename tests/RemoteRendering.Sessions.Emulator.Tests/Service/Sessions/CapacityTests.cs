using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.Service.Sessions.InMemory;
using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

/// <summary>Hosts that are in use are counted as sessions come and go, not by walking over all of them.</summary>
public sealed class CapacityTests
{
    private const string NoHost = "StandardCapacityExhausted";
    private const string StartFails = "StartupFailed";

    private static readonly Guid _account = SessionEmulator.WellKnownAccountId;
    private static readonly TimeSpan _bootTime = TimeSpan.FromSeconds(2);
    private static readonly SessionFailure _lost = new("HostLost", "The rendering host was lost.");

    [Theory]
    [InlineData(1_000)]
    [InlineData(16_000)]
    public void Create_WithCapacity_LooksAtNoSessionThatIsRunning(int sessions)
    {
        InMemorySessionLedger ledger = Ledger(new VirtualTimeProvider(), capacity: sessions);
        for (int i = 0; i < sessions; i++)
        {
            Assert.Null(Create(ledger, "s" + i, 60).PlannedFailure);
        }

        Assert.Equal(0, ledger.LooksForHosts);
        Assert.Equal(NoHost, Create(ledger, "full", 60).PlannedFailure?.Code);
    }

    [Fact]
    public void Create_AfterManyEnded_LooksAtEachOnce()
    {
        var time = new VirtualTimeProvider();
        InMemorySessionLedger ledger = Ledger(time, capacity: 1_000);
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 1_000; i++)
            {
                Assert.Null(Create(ledger, $"s{round}-{i}", 1).PlannedFailure);
            }

            time.AdvanceAlone(TimeSpan.FromSeconds(62));
        }

        Assert.Equal(4_000, ledger.LooksForHosts);
    }

    /// <summary>Whatever happens to sessions, a host is free exactly when fewer than the capacity are starting or ready with one.</summary>
    [Fact]
    public void Create_AfterRandomEvents_FailsExactlyWhenAllHostsAreInUse()
    {
        int refused = 0;
        int created = 0;
        for (int seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            var time = new VirtualTimeProvider();
            int failNext = 0;
            InMemorySessionLedger ledger = Ledger(
                time, capacity: 4, _
                    => new SessionStart(
                        _bootTime, failNext > 0 && failNext-- > 0 ? new SessionFailure(StartFails, "It was told to fail.") : null));
            for (int step = 0; step < 200; step++)
            {
                string id = "s" + random.Next(step + 1);
                switch (random.Next(8))
                {
                    case 0:
                        ledger.Stop(_account, id);
                        break;
                    case 1:
                        ledger.ReportFailure(_account, id, _lost);
                        break;
                    case 2:
                        ledger.Extend(_account, id, random.Next(2, 10));
                        break;
                    case 3:
                        failNext++;
                        break;
                    case 4 or 5:
                        time.AdvanceAlone(TimeSpan.FromSeconds(random.Next(60)));
                        break;
                    default:
                        int inUse = ledger.All().Count(session => !session.IsEnded && session.PlannedFailure?.Code != NoHost);
                        string? failure = Create(ledger, "s" + step, random.Next(1, 4)).PlannedFailure?.Code;
                        Assert.True(
                            failure == StartFails || failure == NoHost == inUse >= 4,
                            $"seed {seed}, step {step}: {inUse} in use, {failure}");
                        refused += failure == NoHost ? 1 : 0;
                        created++;
                        break;
                }
            }
        }

        Assert.InRange(refused, 200, created - 200);
    }

    private static SessionSnapshot Create(InMemorySessionLedger ledger, string id, int leaseMinutes)
    {
        LedgerResult result = ledger.Create(new SessionCreation(_account, id, SessionSize.Standard, leaseMinutes));
        Assert.True(result.IsApplied);
        return result.Session!;
    }

    private static InMemorySessionLedger Ledger(
        VirtualTimeProvider time, int capacity, Func<SessionCreation, SessionStart>? planStart = null)
        => new(new InMemorySessionLedgerOptions
        {
            TimeProvider = time,
            PlanStart = planStart ?? (static _ => new SessionStart(_bootTime, null)),
            Capacity = { [SessionSize.Standard] = capacity },
        });
}
