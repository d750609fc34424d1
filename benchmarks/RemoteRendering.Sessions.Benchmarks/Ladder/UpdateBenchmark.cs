using Azure;
using BenchmarkDotNet.Attributes;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Extending a lease: raw HttpClient, bare Azure.Core pipeline, client.</summary>
[Config(typeof(LadderConfig))]
public class UpdateBenchmark
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(30);

    private readonly RawRest _raw = new(CannedService.OneSession());
    private readonly PipelineRest _pipeline = new(CannedService.OneSession());
    private readonly RemoteRenderingClient _client = OurRest.Client(CannedService.OneSession());

    [Benchmark(Baseline = true)]
    public async Task<string?> RawHttpClient() => (await _raw.UpdateAsync(CannedService.SessionId, _lease)).Id;

    [Benchmark]
    public async Task<string?> BarePipeline() => (await _pipeline.UpdateAsync(CannedService.SessionId, _lease)).Id;

    [Benchmark]
    public Task<Response<RenderingSessionProperties>> Client()
        => _client.UpdateSessionAsync(CannedService.SessionId, new RenderingSessionUpdateOptions(_lease));
}
