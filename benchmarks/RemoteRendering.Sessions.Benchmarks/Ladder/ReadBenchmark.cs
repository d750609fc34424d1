using Azure;
using BenchmarkDotNet.Attributes;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Reading a session: raw HttpClient, bare Azure.Core pipeline, client.</summary>
[Config(typeof(LadderConfig))]
public class ReadBenchmark
{
    private readonly RawRest _raw = new(CannedService.OneSession());
    private readonly PipelineRest _pipeline = new(CannedService.OneSession());
    private readonly RemoteRenderingClient _client = OurRest.Client(CannedService.OneSession());

    [Benchmark(Baseline = true)]
    public async Task<string?> RawHttpClient() => (await _raw.ReadAsync(CannedService.SessionId)).Id;

    [Benchmark]
    public async Task<string?> BarePipeline() => (await _pipeline.ReadAsync(CannedService.SessionId)).Id;

    [Benchmark]
    public Task<Response<RenderingSessionProperties>> Client() => _client.GetSessionPropertiesAsync(CannedService.SessionId);
}
