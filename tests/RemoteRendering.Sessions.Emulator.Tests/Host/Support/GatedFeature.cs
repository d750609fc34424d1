using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using RemoteRendering.Sessions.Host;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Support;

/// <summary>Requests that end when the test says so; the result is the id.</summary>
internal sealed class GatedFeature : IHostFeature
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> _gates = new();
    private readonly Channel<long> _starts = Channel.CreateUnbounded<long>();

    public string Name => "gate";

    public IReadOnlyCollection<string> Methods => ["gated"];

    public ConcurrentQueue<long> Started { get; } = new();

    public ConcurrentQueue<long> Cancelled { get; } = new();

    public async ValueTask<HostAnswer> InvokeAsync(HostRequest request)
    {
        Started.Enqueue(request.Id);
        _starts.Writer.TryWrite(request.Id);
        request.CancellationToken.Register(() => Cancelled.Enqueue(request.Id));
        await Gate(request.Id).Task.WaitAsync(request.CancellationToken);
        return HostAnswer.Result(Encoding.UTF8.GetBytes($"{request.Id}"));
    }

    public void OnBindingEnded(HostBinding binding)
    {
    }

    public Task<long> NextStarted() => _starts.Reader.ReadAsync().AsTask().WaitAsync(TestDevice.Patience);

    public void Release(long id) => Gate(id).TrySetResult();

    private TaskCompletionSource Gate(long id) =>
        _gates.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
