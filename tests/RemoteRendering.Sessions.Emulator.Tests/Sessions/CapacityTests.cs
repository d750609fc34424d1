using RemoteRendering.Sessions.Emulator.Service;
using RemoteRendering.Sessions.Emulator.Service.Sessions;
using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Emulator;

/// <summary>Hosts that are in use are counted as sessions come and go, not by walking over all of them.</summary>
public sealed class CapacityTests
{
    private static readonly Guid _account = SessionEmulator.WellKnownAccountId;

    [Theory]
    [InlineData(1_000)]
    [InlineData(16_000)]
    public void Create_WithCapacity_LooksAtNoSessionThatIsRunning(int sessions)
    {
        SessionStore store = Store(new VirtualTimeProvider(), capacity: sessions);
        for (int i = 0; i < sessions; i++)
        {
            Assert.Null(store.Create(_account, "s" + i, EmulatedSize.Standard, 60).View.Failure);
        }

        Assert.Equal(0, store.LooksForHosts);
        Assert.Equal("StandardCapacityExhausted", store.Create(_account, "full", EmulatedSize.Standard, 60).View.Failure?.Code);
    }

    [Fact]
    public void Create_AfterManyEnded_LooksAtEachOnce()
    {
        var time = new VirtualTimeProvider();
        SessionStore store = Store(time, capacity: 1_000);
        for (int round = 0; round < 5; round++)
        {
            for (int i = 0; i < 1_000; i++)
            {
                Assert.Null(store.Create(_account, $"s{round}-{i}", EmulatedSize.Standard, 1).View.Failure);
            }

            time.AdvanceAlone(TimeSpan.FromSeconds(62));
        }

        Assert.Equal(4_000, store.LooksForHosts);
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
            SessionStore store = Store(time, capacity: 4);
            for (int step = 0; step < 200; step++)
            {
                string id = "s" + random.Next(step + 1);
                switch (random.Next(8))
                {
                    case 0:
                        store.Stop(_account, id);
                        break;
                    case 1:
                        store.LoseHost(_account, id, SessionFailure.LacksCapacity(EmulatedSize.Standard));
                        break;
                    case 2:
                        store.Extend(_account, id, random.Next(2, 10));
                        break;
                    case 3:
                        store.FailNextStarts(SessionFailure.LacksCapacity(EmulatedSize.Premium), 1);
                        break;
                    case 4 or 5:
                        time.AdvanceAlone(TimeSpan.FromSeconds(random.Next(60)));
                        break;
                    default:
                        int inUse = store.All().Count(view => view.Reading.IsActive && view.Entry.Facts.Outcome != StartOutcome.LacksCapacity);
                        SessionView view = store.Create(_account, "s" + step, EmulatedSize.Standard, random.Next(1, 4)).View;
                        Assert.True(
                            view.Entry.Facts.Outcome == StartOutcome.Fails || view.Entry.Facts.Outcome == StartOutcome.LacksCapacity == inUse >= 4,
                            $"seed {seed}, step {step}: {inUse} in use, {view.Entry.Facts.Outcome}");
                        refused += view.Entry.Facts.Outcome == StartOutcome.LacksCapacity ? 1 : 0;
                        created++;
                        break;
                }
            }
        }

        Assert.InRange(refused, 200, created - 200);
    }

    private static SessionStore Store(VirtualTimeProvider time, int capacity)
    {
        var clock = new EmulatorClock(time);
        var options = new SessionEmulatorOptions { TimeProvider = time };
        options.Capacity[EmulatedSize.Standard] = capacity;
        return new SessionStore(clock, options, new EmulatorHistory(clock, 1), [_account]);
    }
}
