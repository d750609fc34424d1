using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.Tests.Connections.Support;

namespace RemoteRendering.Sessions.Tests.Connections.Museum;

/// <summary>
/// An emulator on virtual time with one ready session, and devices that want to connect to it, each with a client of its own.
/// </summary>
internal sealed class MuseumFixture : IAsyncDisposable
{
    private readonly List<MuseumDevice> _devices = [];

    private MuseumFixture(SessionEmulator emulator, VirtualTimeProvider time)
    {
        Emulator = emulator;
        Time = time;
    }

    public SessionEmulator Emulator { get; }

    public VirtualTimeProvider Time { get; }

    public HostFaults HostFaults => Emulator.HostFaults;

    public static async Task<MuseumFixture> StartAsync(Action<RenderingHostOptions>? configure = null)
    {
        var time = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
            configure?.Invoke(options.Host);
        });
        return new MuseumFixture(emulator, time);
    }

    /// <summary>Makes a device with a handle of the session; the first one creates it.</summary>
    public Task<MuseumDevice> DeviceAsync() => DeviceAsync(new RemoteRenderingClientOptions(), Open);

    /// <summary>Makes another process of one device: a client with the store that they share. The first one creates the session.</summary>
    public Task<MuseumDevice> InstanceAsync(RenderingSessionStore store) => DeviceAsync(
        new RemoteRenderingClientOptions { SessionStore = store, ClientId = "one device" },
        async client => _devices.Count == 0 ? await Open(client) : (await client.OpenLastRenderingSessionAsync())!);

    private async Task<RenderingSession> Open(RemoteRenderingClient client) => _devices.Count == 0
        ? await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromHours(1), RenderingSessionVmSize.Standard))
        : await client.OpenRenderingSessionAsync(_devices[0].Session.SessionUuid);

    private async Task<MuseumDevice> DeviceAsync(
        RemoteRenderingClientOptions options, Func<RemoteRenderingClient, Task<RenderingSession>> open)
    {
        Emulator.Configure(options);
        var transport = new PluggableTransport(options.ConnectionTransport!);
        options.ConnectionTransport = transport;
        RemoteRenderingClient client = Emulator.CreateClient(options);
        var device = new MuseumDevice(await open(client), transport);
        _devices.Add(device);
        return device;
    }

    /// <summary>Makes a device and connects it.</summary>
    public async Task<MuseumDevice> ConnectedAsync(RenderingConnectionOptions? options = null)
    {
        MuseumDevice device = await DeviceAsync();
        await device.ConnectAsync(options);
        return device;
    }

    /// <summary>How many events of a kind the emulator has noted.</summary>
    public int Count(string kind)
        => Emulator.History.ReadLines().Count(line => line.Contains($"\"kind\":\"{kind}\"", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        foreach (MuseumDevice device in _devices)
        {
            await ConnectionHarness.Within(device.DisposeAsync().AsTask());
        }

        await Emulator.DisposeAsync();
    }
}
