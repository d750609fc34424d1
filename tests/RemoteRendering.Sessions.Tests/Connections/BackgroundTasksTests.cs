using RemoteRendering.Sessions.Connections.Runs;
using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Tests;

public sealed class BackgroundTasksTests
{
    private readonly BackgroundTasks _leftovers = new();

    [Fact]
    public void WhenAll_NoneLeft_IsDone()
    {
        _leftovers.Add(Task.CompletedTask);
        Assert.True(_leftovers.WhenAll().IsCompletedSuccessfully);
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
        Task all = _leftovers.WhenAll();
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
}
