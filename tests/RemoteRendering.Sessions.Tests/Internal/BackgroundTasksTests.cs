using System.Runtime.CompilerServices;
using RemoteRendering.Sessions.Internal;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Internal;

public sealed class BackgroundTasksTests
{
    private readonly BackgroundTasks _leftovers = new();

    [Fact]
    public void WhenAll_NoneLeft_IsDone()
    {
        _leftovers.Add(Task.CompletedTask);
        Assert.True(_leftovers.WhenAllAsync().IsCompletedSuccessfully);
    }

    [Fact]
    [ExpectedLog("ConnectionCallbackFailed")]
    public async Task WhenAll_WaitsForThoseAddedMeanwhileToo_AndNeverFails()
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var second = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _leftovers.Add(first.Task);
        _leftovers.Add(second.Task);
        Task all = _leftovers.WhenAllAsync();
        first.SetException(new InvalidOperationException("It broke."));
        await ConnectionHarness.SettleAsync();
        Assert.False(all.IsCompleted);

        _leftovers.Add(third.Task);
        second.SetCanceled(CancellationToken.None);
        await ConnectionHarness.SettleAsync();
        Assert.False(all.IsCompleted);

        third.SetResult();
        await ConnectionHarness.Within(all);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void Add_AmongRunningTasks_KeepsNoCompletedOneForLong(int running)
    {
        var never = new TaskCompletionSource();
        for (int number = 0; number < running; number++)
        {
            _leftovers.Add(never.Task);
        }

        WeakReference completed = AddCompleted();
        for (int number = 0; number <= running; number++)
        {
            _leftovers.Add(never.Task);
        }

        Heap.Collect();
        Assert.False(completed.IsAlive);
        never.SetResult();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference AddCompleted()
    {
        var source = new TaskCompletionSource();
        _leftovers.Add(source.Task);
        source.SetResult();
        return new WeakReference(source.Task);
    }
}
