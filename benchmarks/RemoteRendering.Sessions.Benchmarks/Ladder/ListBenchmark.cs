using BenchmarkDotNet.Attributes;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Listing 1,000 sessions in pages of 100.</summary>
[Config(typeof(LadderConfig))]
public class ListBenchmark
{
    private readonly RawRest _raw = new(CannedService.Listing(1000, 100));
    private readonly RemoteRenderingClient _client = OurRest.Client(CannedService.Listing(1000, 100));

    [Benchmark(Baseline = true)]
    public Task<int> RawHttpClient() => _raw.ListAsync();

    [Benchmark]
    public async Task<int> Client()
    {
        int count = 0;
        await foreach (RenderingSessionProperties _ in _client.GetCurrentRenderingSessionsAsync())
        {
            count++;
        }

        return count;
    }
}
