using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.DependencyInjection.Tests.Contexts;

/// <summary>
/// Nothing of ours posts to the context or the scheduler of its caller. Each operation is called where nothing that is posted is ever run:
/// it must complete, and post nothing. A new asynchronous member of any package needs a call in <see cref="Operations.Public"/>.
/// </summary>
[ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp", "SessionEnded")]
public sealed class CallerContextTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("RRS_PATIENCE"), out int seconds) ? seconds : 30);

    private readonly Dictionary<bool, SessionEmulator> _emulators = [];

    public static TheoryData<string, bool> Cases()
    {
        var cases = new TheoryData<string, bool>();
        foreach (string name in Operations.Public.Keys.Concat(Operations.Others.Keys))
        {
            cases.Add(name, false);
            cases.Add(name, true);
        }

        return cases;
    }

    [Fact]
    public void EveryAsynchronousMemberOfThePackages_IsCalled()
        => Assert.Equal(PublicOperation.All().Order(StringComparer.Ordinal), Operations.Public.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Operation_AwaitedOnADeadContext_PostsNothingAndCompletes(string name, bool hasPort)
    {
        await using OperationWorld world = await OperationWorld.StartAsync(_emulators[hasPort]);
        var context = new DeadContext();
        Task operation = await OnThreadAsync(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            return Find(name)(world);
        });
        await FinishAsync(operation, () => context.FirstPost);
        Assert.True(context.Posts == 0, context.FirstPost);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Operation_BlockedOnADeadContext_Completes(string name, bool hasPort)
    {
        await using OperationWorld world = await OperationWorld.StartAsync(_emulators[hasPort]);
        var context = new DeadContext();
        Task thread = OnThreadAsync(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            Find(name)(world).GetAwaiter().GetResult();
            return true;
        });
        await FinishAsync(thread, () => context.FirstPost);
        Assert.True(context.Posts == 0, context.FirstPost);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Operation_OnADeadScheduler_StartsNothingThereAndCompletes(string name, bool hasPort)
    {
        await using OperationWorld world = await OperationWorld.StartAsync(_emulators[hasPort]);
        var scheduler = new DeadScheduler();
        Task operation = await OnThreadAsync(() =>
        {
            Task? started = null;
            scheduler.Run(() => started = Find(name)(world));
            return started!;
        });
        await FinishAsync(operation, () => scheduler.FirstPost);
        Assert.True(scheduler.Posts == 0, scheduler.FirstPost);
    }

    public async ValueTask InitializeAsync()
    {
        _emulators[false] = await OperationWorld.StartEmulatorAsync(hasPort: false);
        _emulators[true] = await OperationWorld.StartEmulatorAsync(hasPort: true);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (SessionEmulator emulator in _emulators.Values)
        {
            await emulator.DisposeAsync();
        }
    }

    private static Func<OperationWorld, Task> Find(string name)
        => Operations.Public.TryGetValue(name, out Func<OperationWorld, Task>? call) ? call : Operations.Others[name];

    private static async Task FinishAsync(Task operation, Func<string?> post)
    {
        try
        {
            await operation.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail("It does not complete. " + post());
        }
    }

    /// <summary>Runs on a thread of its own, which is no thread of the pool and ends with it.</summary>
    private static Task<T> OnThreadAsync<T>(Func<T> run)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                result.SetResult(run());
            }
            catch (Exception exception)
            {
                result.SetException(exception);
            }
        }) { IsBackground = true }.Start();
        return result.Task;
    }
}
