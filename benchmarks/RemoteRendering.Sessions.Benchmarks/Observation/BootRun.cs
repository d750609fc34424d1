namespace RemoteRendering.Sessions.Benchmarks;

/// <summary>
/// Sessions that one client starts one after the other, with boot times that were drawn: how late each was noticed, and for how many
/// requests.
/// </summary>
internal sealed class BootRun(double[] boots, double[] delays, long[] requests)
{
    public static async Task<BootRun> MeasureAsync(double[] boots)
    {
        await using ObservedEmulator place = await ObservedEmulator.StartAsync(options =>
        {
            foreach (double boot in boots)
            {
                options.BootTimeSequence.Add(TimeSpan.FromSeconds(boot));
            }
        });
        var delays = new double[boots.Length];
        var requests = new long[boots.Length];
        for (int i = 0; i < boots.Length; i++)
        {
            long start = place.Time.GetTimestamp();
            RenderingSession session = await place.CreateAsync(place.Client, "s" + i, TimeSpan.FromMinutes(10));
            long before = place.Emulator.RequestCount;
            Task ready = session.WaitUntilReadyAsync();

            // The wait has a deadline, and its observer a time for the next look.
            await place.PassUntilAsync(() => ready.IsCompleted, TimeSpan.FromMinutes(20), timersAtRest: 2);
            await ready;
            delays[i] = place.Time.GetElapsedTime(start).TotalSeconds - boots[i];
            requests[i] = place.Emulator.RequestCount - before;
        }

        return new BootRun(boots, delays, requests);
    }

    public double MedianDelay(int from) => delays[from..].Order().ElementAt((delays.Length - from) / 2);

    public double LongestDelay(int count) => delays[..count].Max();

    /// <summary>Requests against those of a poll every 2 seconds.</summary>
    public double RequestShare(int from) => requests[from..].Sum() / boots[from..].Sum(static boot => Math.Ceiling(boot / 2));
}
