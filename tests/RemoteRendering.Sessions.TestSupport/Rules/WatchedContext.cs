using System.Collections.Concurrent;
using System.Reflection;

namespace RemoteRendering.Sessions.TestSupport;

/// <summary>The context that tests run on. It runs what is posted on the thread pool, and keeps the names of those that must never post: the code of the packages.</summary>
public sealed class WatchedContext : SynchronizationContext
{
    private readonly ConcurrentQueue<string> _strangers = new();

    /// <summary>Gets what the packages posted.</summary>
    public IReadOnlyCollection<string> Strangers => _strangers;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (FindPackageCode(d, state) is { } stranger)
        {
            _strangers.Enqueue(stranger);
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

    /// <summary>Finds the code behind a post: the state machine of the async method that goes on, or the method that was posted.</summary>
    private static string? FindPackageCode(SendOrPostCallback callback, object? state)
    {
        Delegate posted = state as Delegate ?? callback;
        Type? machine = posted.Target?.GetType().GetGenericArguments().LastOrDefault(static type => type.Name.Contains('<', StringComparison.Ordinal));
        Type? code = machine ?? posted.Method.DeclaringType;
        return code is not null && IsPackage(code.Assembly) ? $"{code.DeclaringType?.FullName} ({code.Name})" : null;
    }

    private static bool IsPackage(Assembly assembly)
        => assembly.GetName().Name is { } name && name.StartsWith("RemoteRendering.Sessions", StringComparison.Ordinal)
            && !name.EndsWith("Tests", StringComparison.Ordinal) && !name.EndsWith("TestSupport", StringComparison.Ordinal);
}
