using System.Reflection;
using RemoteRendering.Sessions.Internal;
using Xunit.v3;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// What holds for every test of an assembly: nothing posts to the context of the test but the test, and nothing is logged as a warning or
/// an error that it does not expect.
/// </summary>
/// <remarks>
/// With <c>RRS_COLLECT</c> set, an unobserved exception is looked for after every test, which takes longer and names the test.
/// </remarks>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestRulesAttribute : BeforeAfterTestAttribute
{
    private static readonly bool CollectsAlways = Environment.GetEnvironmentVariable("RRS_COLLECT") is not null;

    private SynchronizationContext? _before;

    static TestRulesAttribute() => ClientLogging.Default = TestLog.Factory;

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        TestLog.Begin(ExpectedLogs(methodUnderTest, test));
        _before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new WatchedContext());
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // What the test has left to do is this test's, not the next one's.
        Quiescence.WaitHere(test.TestDisplayName);
        var context = SynchronizationContext.Current as WatchedContext;
        SynchronizationContext.SetSynchronizationContext(_before);
        List<string> broken = [.. TestLog.Unexpected];
        broken.AddRange(
            context?.Strangers.Select(static stranger => $"{stranger} posted to the SynchronizationContext of its caller.")
                ?? ["The test has changed the SynchronizationContext of its thread for good."]);
        if (typeof(IDisposable).IsAssignableFrom(methodUnderTest.ReflectedType)
            && typeof(IAsyncDisposable).IsAssignableFrom(methodUnderTest.ReflectedType))
        {
            broken.Add(
                $"{methodUnderTest.ReflectedType!.Name} has two ways to be disposed of, of which only DisposeAsync is called: what the "
                    + "other one ends would stay for the tests after it.");
        }

        if (CollectsAlways)
        {
            Heap.Collect();
            broken.AddRange(UnobservedExceptionWatch.Take());
        }

        if (broken.Count > 0)
        {
            throw new TestRuleException(string.Join("\n", broken));
        }
    }

    private static IEnumerable<string> ExpectedLogs(MethodInfo method, IXunitTest test)
        => method.GetCustomAttributes<ExpectedLogAttribute>()
            .Concat(test.TestMethod.TestClass.Class.GetCustomAttributes<ExpectedLogAttribute>(inherit: true))
            .SelectMany(static expected => expected.Events);
}
