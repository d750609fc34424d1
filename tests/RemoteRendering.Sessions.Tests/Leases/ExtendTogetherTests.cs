using Azure;
using RemoteRendering.Sessions.Emulator;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Leases;

/// <summary>Several processes extend one lease, each with a client of its own.</summary>
public class ExtendTogetherTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5, 5)]
    [InlineData(3, 2)]
    [InlineData(2, 3)]
    [InlineData(1, 1)]
    public async Task TwoClients_OneAfterTheOther_AddUp(int first, int second)
    {
        foreach (RemoteRenderingClientOptions.ServiceVersion version in Enum.GetValues<RemoteRenderingClientOptions.ServiceVersion>())
        {
            var time = new VirtualTimeProvider();
            await using SessionEmulator emulator = await StartAsync(time);
            RenderingSession one = await CreateAsync(emulator, version);
            RenderingSession other = await emulator.CreateClient(new RemoteRenderingClientOptions(version))
                .OpenRenderingSessionAsync(one.SessionUuid, Token);
            await one.ExtendLeaseAsync(first * Minute, Token);
            if (second > first)
            {
                // Of different times within a moment the longer one may replace the other.
                await time.PassAsync(TimeSpan.FromSeconds(5));
            }

            RenderingSessionProperties known = await other.ExtendLeaseAsync(second * Minute, Token);
            Assert.Equal((10 + first + second) * Minute, known.MaxLeaseTime);
            Assert.Equal((10 + first + second) * Minute, emulator.FindSession(one.SessionUuid)!.MaxLeaseTime);
        }
    }

    [Fact]
    public async Task TwentyClients_AtOnce_AddUp()
    {
        await using SessionEmulator emulator = await StartAsync();
        RenderingSession created = await CreateAsync(emulator, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01);
        RenderingSession[] sessions = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => emulator.CreateClient().OpenRenderingSessionAsync(created.SessionUuid, Token)));
        bool[] done = await Task.WhenAll(sessions.Select(static async session =>
        {
            try
            {
                await session.ExtendLeaseAsync(Minute, Token);
                return true;
            }
            catch (RequestFailedException)
            {
                return false;
            }
        }));
        Assert.Equal((10 + done.Count(static success => success)) * Minute, emulator.FindSession(created.SessionUuid)!.MaxLeaseTime);
        Assert.All(done, Assert.True);
    }

    [Fact]
    public async Task LostReply_OfALoneClient_ExtendsOnce()
    {
        await using SessionEmulator emulator = await StartAsync();
        RenderingSession session = await CreateAsync(emulator, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01);
        emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.CutAfterEffect);
        await session.ExtendLeaseAsync(5 * Minute, Token);
        Assert.Equal(15 * Minute, emulator.FindSession(session.SessionUuid)!.MaxLeaseTime);
    }

    [Fact]
    [ExpectedLog("SessionEnded")]
    public async Task EndedSession_IsRefused()
    {
        await using SessionEmulator emulator = await StartAsync();
        RenderingSession session = await CreateAsync(emulator, RemoteRenderingClientOptions.ServiceVersion.V2021_01_01);
        await emulator.CreateClient().StopSessionAsync(session.SessionUuid, Token);
        Assert.Equal(422, (await Assert.ThrowsAsync<RequestFailedException>(() => session.ExtendLeaseAsync(Minute, Token))).Status);
    }

    private static Task<SessionEmulator> StartAsync(VirtualTimeProvider? time = null) => SessionEmulator.StartAsync(options =>
    {
        options.TimeProvider = time ?? new VirtualTimeProvider();
        options.BootTime = TimeSpan.Zero;
    });

    private static Task<RenderingSession> CreateAsync(SessionEmulator emulator, RemoteRenderingClientOptions.ServiceVersion version)
        => emulator.CreateClient(new RemoteRenderingClientOptions(version))
            .CreateNewRenderingSessionAsync(new RenderingSessionCreationOptions(10 * Minute, RenderingSessionVmSize.Standard), Token);
}
