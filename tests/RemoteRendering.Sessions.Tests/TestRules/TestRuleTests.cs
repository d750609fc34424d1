using System.Collections.Concurrent;
using System.Reflection;
using Azure;
using Microsoft.Extensions.Logging;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.TestRules;

/// <summary>The rules that hold for every test, broken on purpose.</summary>
public sealed class TestRuleTests
{
    [Fact]
    public void Assembly_RunsOneTestAtATime()
    {
        Assert.True(
            Assert.Single(typeof(TestRuleTests).Assembly.GetCustomAttributes<CollectionBehaviorAttribute>()).DisableTestParallelization);
        Assert.Single(typeof(TestRuleTests).Assembly.GetCustomAttributes<TestRulesAttribute>());
        Assert.Contains(
            typeof(TestRuleTests).Assembly.GetCustomAttributes<AssemblyFixtureAttribute>(), static fixture
                => fixture.AssemblyFixtureType == typeof(UnobservedExceptionWatch));
    }

    [Fact]
    public async Task Warning_ThatIsNotExpected_FailsTheTest()
    {
        var service = new ScriptedService { Token = static _ => Task.FromResult(ScriptedService.Answer(500)) };
        await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => service.Client(maxRetries: 0).GetSessionPropertiesAsync("s1", TestContext.Current.CancellationToken));
        Assert.Contains(TestLog.Unexpected, static entry => entry.Contains("TokenExchangeFailed", StringComparison.Ordinal));
        TestLog.Expect("TokenExchangeFailed");
        Assert.Empty(TestLog.Unexpected);
    }

    [Fact]
    [ExpectedLog("Declared")]
    public void Warning_ThatIsExpected_FailsNothing()
    {
        TestLog.Note(LogLevel.Warning, new EventId(1, "Declared"), "declared", null);
        TestLog.Note(LogLevel.Information, new EventId(2, "Quiet"), "no warning", null);
    }

    [Fact]
    public void Post_OfAPackage_IsSeen_AndThatOfATestIsNot()
    {
        var context = new WatchedContext();
        context.Post(static _ => { }, new Action(() => { }));
        Assert.Empty(context.Strangers);
        var time = new VirtualTimeProvider();
        context.Post(static _ => { }, new Action<TimeSpan>(time.StepWallClock));
        Assert.Single(context.Strangers);
    }

    [Fact]
    public async Task Post_OfAnAsyncMethodThatGoesOn_IsSeen()
    {
        var context = new PostedCode();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        var gate = new TaskCompletionSource();
        Task waits = AwaitAsync(gate.Task);
        Task yields = YieldAsync();
        SynchronizationContext.SetSynchronizationContext(before);
        gate.SetResult();
        await Wait.Within(Task.WhenAll(waits, yields));
        Assert.Equal(["AwaitAsync", "YieldAsync"], context.Names.Order());

        static async Task AwaitAsync(Task task) => await task;

#pragma warning disable RS0030 // The post is what is tested.
        static async Task YieldAsync() => await Task.Yield();
#pragma warning restore RS0030
    }

    [Fact]
    public async Task Exception_ThatNothingLooksAt_IsSeenOnceItIsCollected()
    {
        await using (var watch = new UnobservedExceptionWatch())
        {
            Fail();
            await Quiescence.WaitAsync();
            Heap.Collect();
            Assert.Contains(
                UnobservedExceptionWatch.Take(), static unobserved
                    => unobserved.Contains("nothing looks at this", StringComparison.Ordinal));
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Fail() => Task.FromException(new InvalidOperationException("nothing looks at this"));
    }

    private sealed class PostedCode : SynchronizationContext
    {
        private readonly ConcurrentQueue<string> _names = new();

        /// <summary>Gets the names of the async methods that went on by a post.</summary>
        public IEnumerable<string> Names => _names;

        public override void Post(SendOrPostCallback d, object? state)
        {
            foreach (string name in new[] { "AwaitAsync", "YieldAsync" })
            {
                if (WatchedContext.FindCode(d, state).Any(code => code.Name.Contains(name, StringComparison.Ordinal)))
                {
                    _names.Enqueue(name);
                }
            }

            base.Post(d, state);
        }
    }
}
