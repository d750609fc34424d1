using RemoteRendering.Sessions.Host;

namespace OwnHost;

// snippet: own-feature
/// <summary>The feature: a counter for each device that is bound. It is gone with the binding, and not with a link.</summary>
internal sealed class CounterFeature : IHostFeature
{
    public string Name => "counter";

    public IReadOnlyCollection<string> Methods { get; } = ["increment"];

    public ValueTask<HostAnswer> InvokeAsync(HostRequest request) => new(request.Method switch
    {
        "increment" => Increment(request.Binding.GetOrAddState(this, static () => new Counter())),
        _ => HostAnswer.MethodNotFound(request.Method),
    });

    private static HostAnswer Increment(Counter counter)
    {
        int value = Interlocked.Increment(ref counter.Value);
        return HostAnswer.Result(json => json.WriteNumberValue(value));
    }

    private sealed class Counter
    {
        public int Value;
    }
}
// end snippet
