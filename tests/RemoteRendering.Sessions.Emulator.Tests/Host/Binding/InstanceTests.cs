using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

/// <summary>Several instances of one device: processes that share a key.</summary>
public class InstanceTests
{
    [Theory]
    [Trait("Museum", "M23")]
    [InlineData("old")]
    [InlineData(null)]
    public async Task Bind_OlderInstanceComesBack_RefusedForGoodAndTheNewerOneNoticesNothing(string? older)
    {
        await using var host = new HostFixture();
        TestDevice old = await host.BindAsync(instance: older);
        old.Cut();
        TestDevice live = await host.BindAsync(instance: "new");

        JsonElement error = await host.BindRefusedAsync(older, epoch: 1);

        Assert.Equal(2007, error.GetProperty("code").GetInt32());
        Assert.Equal("LinkSuperseded", error.GetProperty("data").GetProperty("reason").GetString());
        Assert.False(error.GetProperty("data").TryGetProperty("retryAfterMs", out _));
        await live.CallAsync(1);
        Assert.Empty(host.Events("frameFenced"));
        Assert.Equal(2, host.Count("bindAccepted"));
    }

    [Fact]
    [Trait("Museum", "M23")]
    public async Task Bind_OlderInstanceComesBackWhileTheNewerOneIsAway_RefusedAndTheNewerOneResumes()
    {
        await using var host = new HostFixture();
        (await host.BindAsync(instance: "old")).Cut();
        await host.UntilAsync("linkLost");
        TestDevice live = await host.BindAsync(instance: "new");
        await live.CallAsync(1);
        live.Cut();
        await host.UntilAsync("linkLost", 2);

        await host.BindRefusedAsync("old", epoch: 1);
        TestDevice back = host.Connect();
        back.InstanceId = "new";

        Assert.True((await back.BindAsync(epoch: 2)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    [Trait("Museum", "M23")]
    public async Task Bind_SupersededInstanceConnectsAnew_RefusedWhileTheOtherHolds()
    {
        await using var host = new HostFixture();
        TestDevice first = await host.BindAsync(instance: "first");
        TestDevice second = await host.BindAsync(instance: "second");
        await first.ExpectGoodbyeAsync("LinkSuperseded");

        for (int turn = 0; turn < 5; turn++)
        {
            await host.BindRefusedAsync("first", epoch: 0);
        }

        await second.CallAsync(1);
        await second.CallAsync(2, "unbind");
        Assert.Equal(3, (await BindAsync(host, "first")).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Bind_InstanceSupersededByADeviceWithoutAnInstanceId_RefusedWhileThatOneHolds()
    {
        await using var host = new HostFixture();
        await host.BindAsync(instance: "first");
        await BindAsync(host, null);

        await host.BindRefusedAsync("first", epoch: 0);
    }

    [Fact]
    public async Task Bind_RefusedOlderEpoch_MakesTheInstanceSuperseded()
    {
        await using var host = new HostFixture();
        TestDevice first = await host.BindAsync(instance: "first");
        first.Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromSeconds(60));
        await host.UntilAsync("bindingEnded");
        await host.BindAsync(instance: "second");

        await host.BindRefusedAsync("first", epoch: 1);
        await host.BindRefusedAsync("first", epoch: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bind_SupersededInstanceTakesOver_GetsTheSessionAndTheOtherIsSuperseded(bool hostAllowsTakeOver)
    {
        await using var host = new HostFixture(behavior => behavior.AllowTakeOver = hostAllowsTakeOver);
        await host.BindAsync(instance: "first");
        TestDevice second = await host.BindAsync(instance: "second");

        TestDevice first = await host.BindAsync(instance: "first", takeOver: true);

        await second.ExpectGoodbyeAsync("LinkSuperseded");
        await second.ExpectCloseAsync(4409);
        await host.BindRefusedAsync("second", epoch: 2);
        await host.BindRefusedAsync("second", epoch: 0);
        await first.CallAsync(1);
        Assert.Empty(new HistoryChecker(new HistoryCheckerOptions { Tolerance = TimeSpan.Zero }).Check(host.Lines()));
    }

    [Fact]
    [Trait("Museum", "M23")]
    public async Task Bind_OlderEpochWithTakeOver_RefusedAllTheSame()
    {
        await using var host = new HostFixture(behavior => behavior.AllowTakeOver = true);
        await host.BindAsync(instance: "first");
        TestDevice second = await host.BindAsync(instance: "second");

        await host.BindRefusedAsync("first", epoch: 1, takeOver: true);

        await second.CallAsync(1);
    }

    [Fact]
    public async Task Bind_AnswerWasLost_TheSameInstanceGetsANewBinding()
    {
        await using var host = new HostFixture();
        TestDevice first = await host.BindAsync(instance: "only");
        first.Cut();
        await host.UntilAsync("linkLost");
        await host.Time.PassAsync(TimeSpan.FromSeconds(60));
        await host.UntilAsync("bindingEnded");
        await host.BindAsync(epoch: 1, instance: "only");

        // The device never got the answer that named epoch 2.
        JsonElement bound = await BindAsync(host, "only", epoch: 1);

        Assert.Equal(3, bound.GetProperty("epoch").GetInt64());
        Assert.False(bound.GetProperty("resumed").GetBoolean());
    }

    [Fact]
    public async Task Bind_CurrentEpochOfAnotherInstance_IsNoResume()
    {
        await using var host = new HostFixture();
        TestDevice first = await host.BindAsync(instance: "first");
        await first.CallAsync(1);

        JsonElement bound = await BindAsync(host, "second", epoch: 1);

        Assert.False(bound.GetProperty("resumed").GetBoolean());
        Assert.Equal(0, bound.GetProperty("received").GetInt64());
    }

    [Fact]
    public async Task Bind_DeviceThatDoesNotSayItsInstance_ResumesAndRestartsAsEver()
    {
        await using var host = new HostFixture();
        await host.BindAsync();

        Assert.True((await BindAsync(host, null, epoch: 1)).GetProperty("resumed").GetBoolean());
        Assert.Equal(2, (await BindAsync(host, null)).GetProperty("epoch").GetInt64());
        Assert.Equal(3, (await BindAsync(host, null)).GetProperty("epoch").GetInt64());
        Assert.True((await BindAsync(host, "says it now", epoch: 3)).GetProperty("resumed").GetBoolean());
    }

    [Fact]
    [Trait("Museum", "M23")]
    public async Task Bind_OlderInstanceIsTheFirstAfterACrash_RefusedAllTheSame()
    {
        await using var host = new HostFixture();
        await host.BindAsync(instance: "old");
        await host.BindAsync(instance: "new");
        host.Engine.Crash();

        await host.BindRefusedAsync("old", epoch: 1);

        Assert.Equal(3, (await BindAsync(host, "new", epoch: 2)).GetProperty("epoch").GetInt64());
    }

    [Fact]
    public async Task Bind_DeviceThatWasAwayWhileAnotherDeviceHeld_IsNotStale()
    {
        await using var host = new HostFixture(behavior => behavior.ReleaseOnDisconnect = true);
        TestDevice first = await host.BindAsync("a", instance: "a1");
        await first.CallAsync(1, "unbind");
        TestDevice other = await host.BindAsync("b", instance: "b1");
        await other.CallAsync(1, "unbind");

        Assert.Equal(3, (await BindAsync(host, "a1", epoch: 1)).GetProperty("epoch").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a text of sixty-five characters, one more than an id may ever have")]
    public async Task Bind_InstanceIdMalformed_Refused(string instance)
    {
        await using var host = new HostFixture();

        Assert.Equal(-32602, (await host.BindRefusedAsync(instance, epoch: 0)).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task Instances_ManyRestarts_OnlyTheLast64AreRemembered()
    {
        await using var host = new HostFixture();
        for (int number = 0; number <= 65; number++)
        {
            await host.BindAsync(instance: $"instance {number}");
        }

        await host.BindRefusedAsync("instance 1", epoch: 0);
        Assert.Equal(67, (await BindAsync(host, "instance 0")).GetProperty("epoch").GetInt64());
    }

    /// <summary>
    /// Instances of one device come, go, sleep and come back as the dice say: the newest never loses its place to one that did not ask to
    /// take over.
    /// </summary>
    [Fact]
    [Trait("Museum", "M23")]
    public async Task Bind_RandomInstances_HistoryHoldsEveryRule()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            await using var host = new HostFixture();
            var links = new Dictionary<int, TestDevice>();
            var epochs = new long[4];
            int binds = 0;
            for (int step = 0; step < 30; step++)
            {
                int instance = random.Next(epochs.Length);
                if (random.Next(3) == 0 && links.Remove(instance, out TestDevice? link))
                {
                    link.Cut();
                    continue;
                }

                TestDevice device = host.Connect();
                device.InstanceId = $"instance {instance}";
                await device.SendBindAsync(random.Next(2) == 0 ? epochs[instance] : 0, takeOver: random.Next(6) == 0);
                JsonElement answer = await device.ReceiveAsync();
                if (answer.TryGetProperty("result", out JsonElement bound))
                {
                    epochs[instance] = bound.GetProperty("epoch").GetInt64();
                    links[instance] = device;
                    binds++;
                }
            }

            IReadOnlyList<HistoryFinding> findings = new HistoryChecker().Check(host.Lines());
            Assert.True(findings.Count == 0, $"seed {seed}: {string.Join('\n', findings)}");
            Assert.InRange(binds, 2, 30);
        }
    }

    private static async Task<JsonElement> BindAsync(HostFixture host, string? instance, long epoch = 0)
    {
        TestDevice device = host.Connect();
        device.InstanceId = instance;
        return await device.BindAsync(epoch);
    }
}
