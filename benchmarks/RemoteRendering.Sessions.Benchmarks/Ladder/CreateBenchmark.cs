using BenchmarkDotNet.Attributes;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Creating a session, another one each time: raw HttpClient, bare Azure.Core pipeline, client with its handle.</summary>
[Config(typeof(LadderConfig))]
public class CreateBenchmark
{
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(30);

    private readonly CannedService _service = CannedService.Created();
    private readonly RawRest _raw;
    private readonly PipelineRest _pipeline;
    private readonly RemoteRenderingClient _client;

    public CreateBenchmark()
    {
        _raw = new RawRest(_service);
        _pipeline = new PipelineRest(_service);
        _client = OurRest.Client(_service);
    }

    [Benchmark(Baseline = true)]
    public async Task<string?> RawHttpClient()
        => (await _raw.CreateAsync(CannedService.NumberedId(++_service.Number), _lease, "Standard")).Id;

    [Benchmark]
    public async Task<string?> BarePipeline()
        => (await _pipeline.CreateAsync(CannedService.NumberedId(++_service.Number), _lease, "Standard")).Id;

    [Benchmark]
    public Task<RenderingSession> Client() => _client.CreateNewRenderingSessionAsync(
        new RenderingSessionCreationOptions(_lease, RenderingSessionVmSize.Standard)
        {
            SessionId = CannedService.NumberedId(++_service.Number)
        });
}
