using System.Globalization;
using System.Text.Json;
using RemoteRendering.Sessions.Emulator.Tests.Host.Support;
using RemoteRendering.Sessions.Host;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Host.Binding;

/// <summary>Devices that do anything at any time, on links that break at any time; the history must hold.</summary>
[Trait("Random", "true")]
public class HostRandomTests
{
    private const int EnoughRequests = 200;
    private const int MaxVisits = 5_000;

    private static readonly HistoryChecker _checker = new();

    public static TheoryData<int> Seeds
    {
        get
        {
            var seeds = new TheoryData<int>();
            int first = int.TryParse(Environment.GetEnvironmentVariable("RRS_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 1;
            for (int i = 0; i < 6; i++)
            {
                seeds.Add(first + i);
            }

            return seeds;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Devices_ActingAtOnceUnderFaults_HistoryHolds(int seed)
    {
        await using var host = new HostFixture(behavior =>
        {
            behavior.AllowTakeOver = seed % 2 == 0;
            behavior.ReleaseOnDisconnect = seed % 3 == 0;
        });
        host.Sessions.AddReady(HostFixture.Session, TimeSpan.FromDays(1000));
        host.HostFaults.UsePlan(new HostFaultPlan(seed) { Cut = 0.02, Truncate = 0.01 });
        Task[] devices = [
            .. Enumerable.Range(0, 4)
            .Select(number => RunDeviceAsync(host, $"device-{(seed % 4 == 1 ? number % 3 : number)}", new Random(seed * 100 + number)))
        ];
        var steps = new Random(seed);
        while (!devices.All(device => device.IsCompleted))
        {
            // In small steps, and only while host and devices wait for it.
            await Quiescence.WaitAsync();
            host.Time.AdvanceAlone(TimeSpan.FromMilliseconds(steps.Next(5)));
        }

        await Task.WhenAll(devices);

        Assert.Empty(_checker.Check(host.Lines()));
        Assert.True(host.Events("requestFinished").Count() >= EnoughRequests, "The run was too quiet to prove anything.");
    }

    /// <summary>Binds, asks, leaves, vanishes and comes back, until all devices together have asked enough.</summary>
    private static async Task RunDeviceAsync(HostFixture host, string clientId, Random random)
    {
        long epoch = 0;
        string? instance = NewInstance(random);
        for (int visit = 0; visit < MaxVisits && host.Count("requestFinished") < EnoughRequests; visit++)
        {
            TestDevice device = host.Connect(clientId);
            device.InstanceId = instance;
            await device.SendBindAsync(epoch, takeOver: random.Next(3) == 0, drainMs: random.Next(2) * 50);
            if (await AnswerAsync(device) is not { } answer)
            {
                device.Cut();
                continue;
            }

            if (!answer.TryGetProperty("result", out JsonElement bound))
            {
                device.Cut();
                if (answer.GetProperty("error").GetProperty("code").GetInt32() == 2007)
                {
                    // Another instance has it: this one ends, and the next visit is a restart.
                    epoch = 0;
                    instance = NewInstance(random);
                }

                continue;
            }

            epoch = bound.GetProperty("epoch").GetInt64();
            await UseAsync(device, random, bound.GetProperty("received").GetInt64() + 1);
        }
    }

    /// <summary>One in three does not say which instance it is, as devices of an older make.</summary>
    private static string? NewInstance(Random random) => random.Next(3) == 0 ? null : $"instance {random.Next()}";

    private static async Task UseAsync(TestDevice device, Random random, long id)
    {
        int requests = random.Next(12);
        for (int i = 0; i < requests; i++)
        {
            await device.RequestAsync(id++, random.Next(4) == 0 ? "status" : "echo");
            if (random.Next(3) != 0 && await AnswerAsync(device) is null)
            {
                return;
            }
        }

        switch (random.Next(4))
        {
            case 0:
                await device.RequestAsync(id, "unbind");
                break;
            case 1:
                await device.SendAsync("garbage");
                break;
            case 2:
                await device.CloseAsync();
                break;
            default:
                device.Cut();
                return;
        }

        while (await AnswerAsync(device) is not null)
        {
        }
    }

    /// <summary>The next answer; null when the link ends first.</summary>
    private static async Task<JsonElement?> AnswerAsync(TestDevice device)
    {
        while (true)
        {
            HostMessage message = await device.ReceiveMessageAsync();
            if (message.Kind != HostMessageKind.Text)
            {
                await device.CloseAsync();
                return null;
            }

            JsonElement frame = JsonDocument.Parse(message.Payload).RootElement;
            if (frame.TryGetProperty("id", out _))
            {
                return frame;
            }
        }
    }
}
