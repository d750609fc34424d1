namespace RemoteRendering.Sessions.TestProgram.Network;

/// <summary>A host and a device with a wire of their own, for one fault.</summary>
internal sealed class Trial : IAsyncDisposable
{
    /// <summary>How long a process may take to start on a busy machine.</summary>
    private static readonly TimeSpan _start = TimeSpan.FromSeconds(120);

    private readonly string _folder;
    private readonly List<Child> _devices = [];
    private string _endpoint = "";

    private Trial(NetworkPair network, Child host, string folder)
    {
        Network = network;
        Host = host;
        _folder = folder;
    }

    public NetworkPair Network { get; }

    public Child Host { get; }

    public Child Device => _devices[^1];

    public static long Now => TimeProvider.System.GetTimestamp();

    public static async Task<Trial> StartAsync(int number)
    {
        NetworkPair network = await NetworkPair.CreateAsync(number);
        string folder = Directory.CreateTempSubdirectory("rrs-network-").FullName;
        var trial = new Trial(
            network, Child.Start(network.HostSpace, null, "host", NetworkPair.HostAddress, Path.Combine(folder, "host.pem")), folder);
        try
        {
            trial._endpoint = (await trial.Host.WaitAsync("listening ", 0, _start)).Text.Split(' ')[1];
            await trial.StartDeviceAsync("first");
            return trial;
        }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
    }

    public static Task PassAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, CancellationToken.None);

    /// <summary>Starts another process of the device, with the same store, and waits until it is usable.</summary>
    public async Task<Child> StartDeviceAsync(string start)
    {
        Child device = Child.Start(
            Network.DeviceSpace, Path.Combine(_folder, "host.pem"), "device", _endpoint, Path.Combine(_folder, "store.json"), start);
        _devices.Add(device);
        await device.WaitAsync("beat", 0, _start);
        await device.WaitAsync("change Connected", 0, _start);
        return device;
    }

    /// <summary>Waits until the device is usable, and has been since a timestamp for a little while.</summary>
    public async Task<TimeSpan> BackAsync(long since, double limitSeconds)
    {
        (_, TimeSpan after) = await Device.WaitAsync("beat", since, TimeSpan.FromSeconds(limitSeconds));
        return after;
    }

    /// <summary>Fails if the scene was lost, or the connection has ended.</summary>
    public void ExpectKept()
    {
        if (
            Device.Said("change").Skip(2)
                .FirstOrDefault(
                    change =>
                        change.StartsWith("change Connected", StringComparison.Ordinal)
                            && !change.EndsWith("kept", StringComparison.Ordinal)
            || change.StartsWith("change Disconnected", StringComparison.Ordinal)) is { } change)
        {
            throw new TrialException($"The device said '{change}'.");
        }
    }

    /// <summary>Ends the device, and then the host, which checks its history.</summary>
    public async Task CheckAsync()
    {
        foreach (Child device in _devices)
        {
            if (!device.HasExited)
            {
                await device.FinishAsync(_start);
            }
        }

        if (Host.HasExited)
        {
            // A trial has killed it, and its history with it.
            return;
        }

        await Host.FinishAsync(_start);
        if (Host.Said("finding ") is [var first, ..])
        {
            throw new TrialException(first);
        }

        if (Host.Said("checked ") is not [var summary] || summary.Contains("Expired", StringComparison.Ordinal))
        {
            throw new TrialException($"The host did not check its history, or a lease lapsed: {string.Join(' ', Host.Said("checked "))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Child device in _devices)
        {
            await device.DisposeAsync();
        }

        await Host.DisposeAsync();
        await Network.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
