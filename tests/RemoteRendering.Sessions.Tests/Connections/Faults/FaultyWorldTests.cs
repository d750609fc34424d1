using CsCheck;
using RemoteRendering.Sessions.Tests.Internal.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Tests.Connections.Faults;

/// <summary>
/// Clients and emulator together, in process and on virtual time, under random faults and random wishes of their users: nothing may be
/// lost, run twice or left behind, and the history of the host must stand up to the checker. <c>RRS_RANDOM_STEPS</c> sets the number of
/// steps (50,000 by default; the nightly run takes a million). A failure prints its seed; <c>CsCheck_Seed</c> replays it: the steps and the
/// faults; threads still take their own turns.
/// </summary>
[Trait("Random", "true")]
public sealed class FaultyWorldTests
{
    private const int StepsPerSample = 250;

    /// <summary>Fewer worlds than this may all be bad ones.</summary>
    private const int EnoughToCount = 50;

    [Fact]
    [ExpectedLog("ConnectionLinkLost", "ConnectionGivenUp", "SessionEnded")]
    public async Task RandomWishesAndFaults_NothingIsLostRunTwiceOrLeftBehind()
    {
        Gen<(int Seed, FaultyWorldStep[] Steps)> worlds = Gen.Select(
            Gen.Int,
            Gen.Select(
                Gen.Int[0, 99], Gen.Int[0, 999], static (action, choice) => new FaultyWorldStep(action, choice)).Array[StepsPerSample]);
        (int Connections, int Resumes, int Answers) seen = default;
        await worlds.SampleAsync(CheckAsync, iter: RandomSteps.Count / StepsPerSample, threads: 1);

        // Faults so thick that nothing ever works would show nothing.
        long samples = RandomSteps.Count / StepsPerSample;
        TestContext.Current.TestOutputHelper?.WriteLine($"{samples} worlds: {seen}");
        Assert.True(
            samples < EnoughToCount || (seen.Connections > samples && seen.Resumes > samples / 2 && seen.Answers > samples),
            $"{samples} worlds: {seen}");

        async Task CheckAsync((int Seed, FaultyWorldStep[] Steps) world)
        {
            IReadOnlyList<FaultyWorldDevice> devices = await RunAsync(world);
            seen.Connections += devices.Sum(static device => device.ConnectionCount);
            seen.Resumes += devices.Sum(static device => device.ResumeCount);
            seen.Answers += devices.Sum(static device => device.AnswerCount);
        }
    }

    private static async Task<IReadOnlyList<FaultyWorldDevice>> RunAsync((int Seed, FaultyWorldStep[] Steps) world)
    {
        await using FaultyWorld faulty = await FaultyWorld.StartAsync(world.Seed);
        foreach (FaultyWorldStep step in world.Steps)
        {
            await faulty.TakeAsync(step);
        }

        await faulty.EndAsync();
        return faulty.Devices;
    }
}
