using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.TestRules;

/// <summary>What all tests on virtual time rely on.</summary>
public sealed class QuiescenceTests
{
    private readonly VirtualTimeProvider _time = new();

    [Fact]
    public async Task Wait_WorkGoesFromThreadToThread_LastsUntilAllOfItIsDone()
    {
        for (int round = 0; round < 2_000; round++)
        {
            int running = 3;
            for (int worker = 0; worker < 3; worker++)
            {
                _ = WorkAsync(round % 7);
            }

            await Quiescence.WaitAsync();
            Assert.Equal(0, Volatile.Read(ref running));

            async Task WorkAsync(int handovers)
            {
                for (; handovers > 0; handovers--)
                {
                    var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    ThreadPool.UnsafeQueueUserWorkItem(static done => done.SetResult(), next, preferLocal: handovers % 2 == 0);
                    await next.Task.ConfigureAwait(false);
                }

                Interlocked.Decrement(ref running);
            }
        }
    }

    [Fact]
    public async Task Pass_EveryTimerStartsWork_EachMeetsTheTimeAtWhichItWasDue()
    {
        var seen = new List<TimeSpan>();
        _ = LoopAsync();
        await _time.PassAsync(TimeSpan.FromSeconds(100));
        Assert.Equal(Enumerable.Range(1, 100).Select(static second => TimeSpan.FromSeconds(second)), seen);

        async Task LoopAsync()
        {
            while (seen.Count < 1_000)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None).ConfigureAwait(false);
                await Task.Run(() => seen.Add(_time.GetElapsedTime(0)), CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    [Fact]
    public async Task PassUntil_WhatNeverComes_Ends()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(static () => false));
        using ITimer timer = _time.CreateTimer(static _ => { }, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<TimeoutException>(() => _time.PassUntilAsync(static () => false, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromHours(1), _time.GetElapsedTime(0));
    }

    [Fact]
    public async Task Stall_TimersAreLate()
    {
        var seen = new List<TimeSpan>();
        _ = Task.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _time, CancellationToken.None).ConfigureAwait(false);
                await Task.Run(() => seen.Add(_time.GetElapsedTime(0)), CancellationToken.None).ConfigureAwait(false);
            },
            CancellationToken.None);
        await _time.StallAsync(TimeSpan.FromSeconds(10));
        await Quiescence.WaitAsync();
        Assert.Single(seen);
    }

    [Fact]
    public void AllocatedBy_WorkThatOtherThreadsDo_IsRefused()
        => Assert.Throws<InvalidOperationException>(() => Heap.AllocatedBy(static async () => await new TaskCompletionSource().Task));

    [Fact]
    public async Task KeptAlive_IsTheSizeOfTheObject_WhateverElseIsOnTheHeap()
    {
        byte[][] other = [.. Enumerable.Range(0, 100).Select(static _ => new byte[100_000])];
        long kept = await Heap.KeptAliveAsync(
            static () => new byte[50_000_000],
            _ => other = []);
        Assert.InRange(kept, 49_000_000, 51_000_000);
        Assert.Empty(other);
    }
}
