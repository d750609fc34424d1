using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Connections;

public sealed class LoopbackSessionConnectionTests : SessionConnectionContract
{
    protected override Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            options.HttpPort = 0;
            configure?.Invoke(options);
        });
}
