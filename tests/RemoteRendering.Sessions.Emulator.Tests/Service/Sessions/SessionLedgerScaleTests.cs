using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Sessions;

public sealed class SessionLedgerScaleTests
{
    private const int Sessions = 100_000;

    [Fact]
    public async Task HundredThousandSessions_StayUnder200Megabytes()
    {
        long kept = await Heap.KeptAliveAsync(
            static () =>
            {
                var emulator = new EmulatorParts(new SessionEmulatorOptions { TimeProvider = new VirtualTimeProvider() });
                for (int i = 0; i < Sessions; i++)
                {
                    emulator.Sessions.Create(
                        new SessionCreation(SessionEmulator.WellKnownAccountId, Guid.NewGuid().ToString("D"), SessionSize.Standard, 60));
                }

                return emulator;
            },
            static emulator =>
            {
                Assert.Equal(Sessions, emulator.Sessions.All().Count);
                Assert.Equal(Sessions, emulator.History.Count);
            });

        // Less than the ids alone would mean that something else than the sessions was measured.
        Assert.InRange(kept, Sessions * 72L, 200L * 1024 * 1024);
        TestContext.Current.SendDiagnosticMessage("{0} sessions take {1:0.0} MB", Sessions, kept / 1048576.0);
    }

    [Fact]
    public async Task OneCall_AllocatesTheSame_HoweverManySessionsThereAre()
    {
        long few = await AllocationOfAReadAsync(sessions: 10);
        long many = await AllocationOfAReadAsync(sessions: 5_000);
        Assert.InRange(many, 0, few + 256);
    }

    [Fact]
    public void EndedSessions_AreForgotten_OnceTheirTimeIsOver()
    {
        var time = new VirtualTimeProvider();
        var ledger = new InMemorySessionLedger(new InMemorySessionLedgerOptions { TimeProvider = time });
        for (int i = 0; i < 3_000; i++)
        {
            ledger.Create(new SessionCreation(Guid.Empty, "s" + i, SessionSize.Standard, 1));
            ledger.Stop(Guid.Empty, "s" + i);
            time.AdvanceAlone(TimeSpan.FromDays(1));
        }

        // The one that was stopped 30 days ago to the tick has just been forgotten.
        Assert.Equal(29, ledger.All().Count);
        Assert.Null(ledger.Find(Guid.Empty, "s0"));
    }

    private static async Task<long> AllocationOfAReadAsync(int sessions)
    {
        await using EmulatorSession service = await EmulatorSession.StartAsync(loopback: false);
        for (int i = 0; i < sessions; i++)
        {
            (await service.PutAsync("s" + i)).Dispose();
        }

        for (int i = 0; i < 200; i++)
        {
            (await service.GetAsync("s5")).Dispose();
        }

        const int Reads = 50;
        return Heap.AllocatedBy(async () =>
        {
            for (int i = 0; i < Reads; i++)
            {
                (await service.GetAsync("s5")).Dispose();
            }
        }) / Reads;
    }
}
