namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>
/// Real faults on a real network: each trial has two namespaces, a host and a device of its own, a fault, a bound, and the host's history,
/// which must hold.
/// </summary>
internal static class NetworkProgram
{
    /// <summary>How many trials run beside each other: what they do most is wait.</summary>
    private const int Beside = 4;

    /// <summary>Longer than a link may be silent.</summary>
    private const double Dead = 18;

    /// <summary>The longest pause between two attempts, and the attempt.</summary>
    private const double Backoff = 20;

    /// <summary>What a call takes at most from the network's return on: 2 seconds, and one for the machine.</summary>
    private const double Prompt = 3;

    /// <summary>
    /// The probe after a change of the network: half a second, or four round trips, which are long on a busy machine. Without the probe it
    /// takes 15 seconds.
    /// </summary>
    private const double Probed = 6;

    private static readonly (string Name, bool InShort, Func<Trial, Task<TimeSpan>> Run)[] _trials =
    [
        ("packets lost for 5 s, both ways", true, trial => LoseAsync(trial, 5, toHost: true, toDevice: true)),
        ("packets lost for 18 s, both ways", true, trial => LoseAsync(trial, Dead, toHost: true, toDevice: true)),
        ("packets lost for 18 s, to the host", true, trial => LoseAsync(trial, Dead, toHost: true, toDevice: false)),
        ("packets lost for 18 s, to the device", true, trial => LoseAsync(trial, Dead, toHost: false, toDevice: true)),
        ("packets lost for 50 s, both ways", false, trial => LoseAsync(trial, 50, toHost: true, toDevice: true)),
        ("connections reset", true, ResetAsync),
        ("another address of the device", true, ChangeAddressAsync),
        ("device killed and started again", true, KillDeviceAsync),
        ("device stopped for 18 s (SIGSTOP)", true, trial => FreezeAsync(trial, trial.Device)),
        ("host stopped for 18 s (SIGSTOP)", true, trial => FreezeAsync(trial, trial.Host)),
        ("session stopped while packets are lost", true, StopAsync),
        ("an older instance comes back", true, OlderInstanceAsync),
        ("host killed", false, KillHostAsync),
        ("five minutes of losses, longer than the lease", false, FlapAsync),
    ];

    public static async Task<int> RunAsync(bool isShort)
    {
        try
        {
            await (await NetworkPair.CreateAsync(0)).DisposeAsync();
        }
        catch (Exception exception) when (exception is TrialException or System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"SKIPPED: network namespaces cannot be made here: {exception.Message}");
            return 0;
        }

        using var slots = new SemaphoreSlim(Beside);
        bool[] passed = await Task.WhenAll(_trials.Where(trial => trial.InShort || !isShort).Select(async (trial, index) =>
        {
            await slots.WaitAsync();
            try
            {
                return await RunAsync(trial.Name, trial.Run, index + 1);
            }
            finally
            {
                slots.Release();
            }
        }));
        Console.WriteLine($"{passed.Count(ok => ok)} of {passed.Length} trials passed");
        return passed.All(ok => ok) ? 0 : 1;
    }

    private static async Task<bool> RunAsync(string name, Func<Trial, Task<TimeSpan>> run, int number)
    {
        try
        {
            await using Trial trial = await Trial.StartAsync(number);
            TimeSpan took = await run(trial);
            await trial.CheckAsync();
            Console.WriteLine($"ok      {name}: {took.TotalSeconds:0.0} s");
            return true;
        }
        catch (Exception exception)
        {
            Console.WriteLine($"FAILED  {name}: {(exception is TrialException ? exception.Message : exception)}");
            return false;
        }
    }

    private static async Task<TimeSpan> LoseAsync(Trial trial, double seconds, bool toHost, bool toDevice)
    {
        await (toHost ? trial.Network.LoseToHostAsync() : Task.CompletedTask);
        await (toDevice ? trial.Network.LoseToDeviceAsync() : Task.CompletedTask);
        await Trial.PassAsync(seconds);
        await trial.Network.RestoreAsync();
        TimeSpan took = await trial.BackAsync(Trial.Now, Backoff);
        trial.ExpectKept();
        return took;
    }

    private static async Task<TimeSpan> ResetAsync(Trial trial)
    {
        long begin = Trial.Now;
        await trial.Network.ResetAsync();
        await trial.Device.WaitAsync("change Reconnecting", begin, TimeSpan.FromSeconds(5));
        TimeSpan took = await trial.BackAsync(Trial.Now, 10);
        trial.ExpectKept();
        return took;
    }

    private static async Task<TimeSpan> ChangeAddressAsync(Trial trial)
    {
        long begin = Trial.Now;
        await trial.Network.ChangeDeviceAddressAsync();
        await trial.Device.WaitAsync("change Reconnecting", begin, TimeSpan.FromSeconds(Probed));
        await trial.Device.WaitAsync("change Connected", begin, TimeSpan.FromSeconds(Prompt));
        TimeSpan took = TimeProvider.System.GetElapsedTime(begin);
        trial.ExpectKept();
        await trial.BackAsync(Trial.Now, 5);
        return took;
    }

    private static async Task<TimeSpan> KillDeviceAsync(Trial trial)
    {
        await trial.Device.SignalAsync("KILL");
        long begin = Trial.Now;
        await trial.StartDeviceAsync("again");
        return TimeProvider.System.GetElapsedTime(begin);
    }

    private static async Task<TimeSpan> FreezeAsync(Trial trial, Child process)
    {
        await process.SignalAsync("STOP");
        await Trial.PassAsync(Dead);
        await process.SignalAsync("CONT");
        TimeSpan took = await trial.BackAsync(Trial.Now, Backoff);
        trial.ExpectKept();
        return took;
    }

    private static async Task<TimeSpan> StopAsync(Trial trial)
    {
        await trial.Network.LoseToHostAsync();
        await trial.Network.LoseToDeviceAsync();
        await trial.Device.SayAsync("stop");
        await Trial.PassAsync(Dead + 10);
        await trial.Network.RestoreAsync();
        (_, TimeSpan took) = await trial.Device.WaitAsync("stopped Stopped", Trial.Now, TimeSpan.FromSeconds(Prompt));
        return took;
    }

    private static async Task<TimeSpan> OlderInstanceAsync(Trial trial)
    {
        Child older = trial.Device;
        await older.SignalAsync("STOP");
        Child newer = await trial.StartDeviceAsync("again");
        long begin = Trial.Now;
        await older.SignalAsync("CONT");
        (_, TimeSpan took) = await older.WaitAsync("change Disconnected LinkSuperseded", begin, TimeSpan.FromSeconds(10));
        await Trial.PassAsync(3);
        if (newer.Said("change").Count > 2)
        {
            throw new TrialException($"The newer one noticed it: {string.Join(" / ", newer.Said("change"))}");
        }

        await trial.BackAsync(Trial.Now, 5);
        return took;
    }

    private static async Task<TimeSpan> KillHostAsync(Trial trial)
    {
        long begin = Trial.Now;
        await trial.Host.SignalAsync("KILL");
        await trial.Device.WaitAsync("change Disconnected GraceExpired", begin, TimeSpan.FromSeconds(120));
        TimeSpan took = TimeProvider.System.GetElapsedTime(begin);
        return took;
    }

    private static async Task<TimeSpan> FlapAsync(Trial trial)
    {
        long begin = Trial.Now;
        while (TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromMinutes(5))
        {
            await LoseAsync(trial, Dead, toHost: true, toDevice: true);
            await Trial.PassAsync(10);
        }

        return TimeProvider.System.GetElapsedTime(begin);
    }
}
