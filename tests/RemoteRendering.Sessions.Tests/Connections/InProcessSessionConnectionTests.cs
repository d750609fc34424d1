using RemoteRendering.Sessions.Emulator;

namespace RemoteRendering.Sessions.Tests.Connections;

public sealed class InProcessSessionConnectionTests : SessionConnectionContract
{
    protected override Task<SessionEmulator> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => SessionEmulator.StartAsync(options =>
        {
            options.BootTime = TimeSpan.Zero;
            configure?.Invoke(options);
        });
}
