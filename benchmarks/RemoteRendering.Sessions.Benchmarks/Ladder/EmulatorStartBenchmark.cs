using BenchmarkDotNet.Attributes;
using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>An emulator in-process, from its start to the first session.</summary>
[Config(typeof(LadderConfig))]
public class EmulatorStartBenchmark
{
    [Benchmark]
    public async Task<RenderingSessionStatus> StartToFirstAnswer()
    {
        await using SessionEmulator emulator = await SessionEmulator.StartAsync();
        RenderingSession session = await emulator.CreateClient().CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(5), RenderingSessionVmSize.Standard));
        return session.Status;
    }
}
