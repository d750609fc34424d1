using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using RemoteRendering.Sessions.Pipeline.Tokens;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>Getting the access token that is in memory.</summary>
[Config(typeof(LadderConfig))]
public class TokenCacheBenchmark
{
    private readonly ExchangeTokenSource _tokens = new(
        static _ =>
            Task.FromResult(new ExchangedToken(CannedService.Token, TimeSpan.FromHours(24))), TimeProvider.System, TimeSpan.FromMinutes(5),
            NullLogger.Instance);

    [GlobalSetup]
    public async Task FillAsync() => await _tokens.GetTokenAsync(CancellationToken.None);

    [Benchmark(Baseline = true)]
    public DateTimeOffset ClockAlone() => TimeProvider.System.GetUtcNow();

    [Benchmark]
    public async ValueTask<int> Hit() => (await _tokens.GetTokenAsync(CancellationToken.None)).Token.Length;
}
