using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Tests.Connections.Support;
using RemoteRendering.Sessions.Tests.Transports.Samples;

namespace RemoteRendering.Sessions.Tests.Connections;

/// <summary>The transport that the page about transports shows, under everything that a connection does.</summary>
public sealed class ChannelSessionConnectionTests : SessionConnectionContract, IAsyncDisposable
{
    private readonly List<ChannelRelay> _relays = [];

    public async ValueTask DisposeAsync()
    {
        foreach (ChannelRelay relay in _relays)
        {
            await ConnectionHarness.Within(relay.WhenAll());
        }
    }

    protected override Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            configure?.Invoke(options);
        });

    protected override RemoteRenderingClient CreateClient(SessionEmulator emulator)
    {
        var options = new RemoteRenderingClientOptions();
        emulator.Configure(options);
        var relay = new ChannelRelay(options.ConnectionTransport!);
        _relays.Add(relay);
        options.ConnectionTransport = new ChannelTransport(relay.Accept);
        return emulator.CreateClient(options);
    }
}
