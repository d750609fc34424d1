namespace RemoteRendering.Sessions.Emulator;

public sealed class SessionStoreScaleTests
{
    private const int Sessions = 100_000;

    [Fact]
    public void HundredThousandSessions_StayUnder200Megabytes()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var emulator = new EmulatorParts(new SessionEmulatorOptions { TimeProvider = new VirtualTimeProvider() });
        for (int i = 0; i < Sessions; i++)
        {
            emulator.Sessions.Create(SessionEmulator.WellKnownAccountId, Guid.NewGuid().ToString("D"), EmulatedSize.Standard, 60);
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, 0, 200L * 1024 * 1024);
        Assert.Equal(Sessions, emulator.Sessions.All().Count);
        Assert.Equal(Sessions, emulator.History.Count);
        TestContext.Current.SendDiagnosticMessage("{0} sessions take {1:0.0} MB", Sessions, grown / 1048576.0);
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
        var clock = new EmulatorClock(time);
        var options = new SessionEmulatorOptions { TimeProvider = time };
        var store = new SessionStore(clock, options, new EmulatorHistory(clock, 1), [Guid.Empty]);
        for (int i = 0; i < 3_000; i++)
        {
            store.Create(Guid.Empty, "s" + i, EmulatedSize.Standard, 1);
            store.Stop(Guid.Empty, "s" + i);
            time.Advance(TimeSpan.FromDays(1));
        }

        // The one that was stopped 30 days ago to the tick has just been forgotten.
        Assert.Equal(29, store.All().Count);
        Assert.Null(store.Find(Guid.Empty, "s0"));
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
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Reads; i++)
        {
            (await service.GetAsync("s5")).Dispose();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Reads;
    }
}
