using Azure.Core;
using Azure.Core.Pipeline;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Pipeline.Support;

/// <summary>
/// A network that drops packets without a word while it is away, on the clock of the pipelines. A connection that lost a packet stays
/// silent for good: its TCP has backed off. Each transport made is one connection.
/// </summary>
internal sealed class DroppingNetwork(VirtualTimeProvider time, ScriptedService service)
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _tries = [];
    private readonly long _start = time.GetTimestamp();
    private int _disposed;

    public bool IsAway { get; set; }

    /// <summary>Gets how many transports were made.</summary>
    public int Connections { get; private set; }

    /// <summary>Gets how many transports were disposed.</summary>
    public int Disposed => Volatile.Read(ref _disposed);

    /// <summary>Gets how long each try was to take at most.</summary>
    public IReadOnlyList<TimeSpan> Tries
    {
        get
        {
            lock (_gate)
            {
                return [.. _tries];
            }
        }
    }

    public TimeSpan Now => time.GetElapsedTime(_start);

    public HttpPipelineTransport Connect()
    {
        Connections++;
        return new Connection(this);
    }

    /// <summary>Makes a client on this network, as one with the default transport.</summary>
    public RemoteRenderingClient Client(Action<RemoteRenderingClientOptions>? configure = null)
    {
        var options = new RemoteRenderingClientOptions { PipelineTimeProvider = time, TimeProvider = time, CreateTransport = Connect };
        options.Retry.Delay = TimeSpan.FromMilliseconds(100.0);
        configure?.Invoke(options);
        var client = new RemoteRenderingClient(
            ScriptedService.Endpoint, ScriptedService.AccountId, ScriptedService.Domain, new AccessToken("opaque", DateTimeOffset.MaxValue),
            options);

        // The shared transport of the process is left at the first loss.
        client.LinkTrouble.Begin();
        client.LinkTrouble.End();
        return client;
    }

    /// <summary>Lets time pass from timer to timer until a call is over, or a time has come.</summary>
    public Task PassUntilAsync(Task call, TimeSpan end) => time.PassUntilAsync(() => call.IsCompleted || Now >= end, end - Now);

    private async ValueTask SendAsync(Connection connection, HttpMessage message)
    {
        TimeSpan patience = message.NetworkTimeout ?? TimeSpan.FromSeconds(15.0);
        lock (_gate)
        {
            _tries.Add(patience);
        }

        connection.IsSilent |= IsAway;
        if (connection.IsSilent)
        {
            // As the pipeline ends a try that takes too long.
            await Task.Delay(patience, time, message.CancellationToken).ConfigureAwait(false);
            throw new TaskCanceledException("The try took too long.");
        }

        await connection.Inner.ProcessAsync(message);
    }

    private sealed class Connection(DroppingNetwork network) : HttpPipelineTransport, IDisposable
    {
        public HttpClientTransport Inner { get; } = new(new HttpClient(network.Service, disposeHandler: false));

        public bool IsSilent { get; set; }

        public override Request CreateRequest() => Inner.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override ValueTask ProcessAsync(HttpMessage message) => network.SendAsync(this, message);

        public void Dispose()
        {
            Inner.Dispose();
            Interlocked.Increment(ref network._disposed);
        }
    }

    private ScriptedService Service { get; } = service;
}
