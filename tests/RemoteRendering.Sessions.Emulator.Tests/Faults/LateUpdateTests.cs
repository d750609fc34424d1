using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;
namespace RemoteRendering.Sessions.Emulator.Tests.Faults;

/// <summary>Updates that are applied later, on the emulator's clock.</summary>
public class LateUpdateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RemoteRenderingClientOptions.ServiceVersion.V1)]
    [InlineData(RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)]
    public async Task AppliedLate_ShowsTheNewLeaseFromItsMomentOn(RemoteRenderingClientOptions.ServiceVersion version)
    {
        (SessionEmulator emulator, VirtualTimeProvider time, string id, RemoteRenderingClient client) = await StartAsync(version);
        await using (emulator)
        {
            emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.AppliedLate(TimeSpan.FromSeconds(3)));
            Assert.Equal(10, (await client.UpdateSessionAsync(id, To(20), Token)).Value.MaxLeaseTime!.Value.TotalMinutes);
            await time.PassAsync(TimeSpan.FromSeconds(2.9));
            Assert.Equal(10, Lease(emulator, id));
            await time.PassAsync(TimeSpan.FromSeconds(0.1));
            Assert.Equal(20, Lease(emulator, id));
            await time.PassAsync(TimeSpan.FromMinutes(19.9));
            Assert.Equal(SessionState.Ready, emulator.FindSession(id)!.State);
            await time.PassAsync(TimeSpan.FromMinutes(0.1));
            Assert.Equal(SessionState.Expired, emulator.FindSession(id)!.State);
            Assert.Equal(20, Lease(emulator, id));
        }
    }

    [Fact]
    public async Task LeaseThatEndsBefore_StaysEnded()
    {
        (SessionEmulator emulator, VirtualTimeProvider time, string id, RemoteRenderingClient client) = await StartAsync();
        await using (emulator)
        {
            await time.PassAsync(TimeSpan.FromMinutes(9));
            emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.AppliedLate(TimeSpan.FromMinutes(2)));
            await client.UpdateSessionAsync(id, To(20), Token);
            await time.PassAsync(TimeSpan.FromMinutes(5));
            Assert.Equal((SessionState.Expired, 10.0), (emulator.FindSession(id)!.State, Lease(emulator, id)));
        }
    }

    [Fact]
    public async Task UpdatesWhileOneIsPending_TakeEffectWithIt_AndOneThatIsAppliedAtOnceCounts()
    {
        (SessionEmulator emulator, VirtualTimeProvider time, string id, RemoteRenderingClient client) = await StartAsync();
        await using (emulator)
        {
            emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.AppliedLate(TimeSpan.FromSeconds(10)), 2);
            await client.UpdateSessionAsync(id, To(20), Token);
            await time.PassAsync(TimeSpan.FromSeconds(5));
            await client.UpdateSessionAsync(id, To(30), Token);
            await client.UpdateSessionAsync(id, To(12), Token);
            Assert.Equal(12, Lease(emulator, id));
            await time.PassAsync(TimeSpan.FromSeconds(5));
            Assert.Equal(30, Lease(emulator, id));
        }
    }

    private static RenderingSessionUpdateOptions To(int minutes) => new(TimeSpan.FromMinutes((double)minutes));

    private static double Lease(SessionEmulator emulator, string id) => emulator.FindSession(id)!.MaxLeaseTime.TotalMinutes;

    private static async Task<(SessionEmulator Emulator, VirtualTimeProvider Time, string Id, RemoteRenderingClient Client)> StartAsync(
        RemoteRenderingClientOptions.ServiceVersion version = RemoteRenderingClientOptions.ServiceVersion.V2021_01_01)
    {
        var time = new VirtualTimeProvider();
        SessionEmulator emulator = await SessionEmulator.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.BootTime = TimeSpan.Zero;
        });
        RemoteRenderingClient client = emulator.CreateClient(new RemoteRenderingClientOptions(version));
        RenderingSession session = await client.CreateNewRenderingSessionAsync(
            new RenderingSessionCreationOptions(TimeSpan.FromMinutes(10), RenderingSessionVmSize.Standard), Token);
        return (emulator, time, session.SessionUuid, client);
    }
}
