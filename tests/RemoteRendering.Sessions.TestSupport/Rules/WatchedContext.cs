using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>
/// The context that tests run on. It runs what is posted on the thread pool, and keeps the names of those that must never post: the code of
/// the packages.
/// </summary>
public sealed class WatchedContext : SynchronizationContext
{
    private readonly ConcurrentQueue<string> _strangers = new();

    /// <summary>Gets what the packages posted.</summary>
    public IReadOnlyCollection<string> Strangers => _strangers;

    /// <summary>Finds the code behind a post: the state machine of the async method that goes on, and the method that was posted.</summary>
    /// <param name="callback">The callback that was posted.</param>
    /// <param name="state">Its argument, in which the runtime packs what goes on.</param>
    /// <returns>The types of the code.</returns>
    public static IEnumerable<Type> FindCode(SendOrPostCallback callback, object? state)
    {
        var action = state as Delegate;
        Type?[] behind = [StateMachine(action?.Target), StateMachine(state), action?.Method.DeclaringType, callback.Method.DeclaringType];
        return behind.OfType<Type>();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (FindCode(d, state).FirstOrDefault(static code => IsPackage(code.Assembly)) is { } stranger)
        {
            _strangers.Enqueue(stranger.DeclaringType?.FullName + " " + stranger.Name);
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static posted =>
            {
                SynchronizationContext? before = Current;
                SetSynchronizationContext(posted.Context);
                try
                {
                    posted.Callback(posted.State);
                }
                finally
                {
                    SetSynchronizationContext(before);
                }
            },
            (Context: this, Callback: d, State: state),
            preferLocal: false);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>The runtime boxes the state machine of an async method in a generic type of its own.</summary>
    private static Type? StateMachine(object? box)
        => box?.GetType().GetGenericArguments().LastOrDefault(static type => type.IsAssignableTo(typeof(IAsyncStateMachine)));

    private static bool IsPackage(Assembly assembly)
        => assembly.GetName().Name is { } name && name.StartsWith("RemoteRendering.Sessions", StringComparison.Ordinal)
            && !name.EndsWith("Tests", StringComparison.Ordinal) && !name.EndsWith("TestSupport", StringComparison.Ordinal);
}
