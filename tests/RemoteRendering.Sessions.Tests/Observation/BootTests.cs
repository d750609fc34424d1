using RemoteRendering.Sessions.Observation;
using RemoteRendering.Sessions.Tests.Observation.Support;

namespace RemoteRendering.Sessions.Tests.Observation;

/// <summary>How soon Ready is noticed, and at what price.</summary>
public class BootTests
{
    [Fact]
    public void Often_WhereBootsEnded_SeldomElsewhere()
    {
        TimeSpan[] boots = Seconds(120, 125, 130, 140, 150);
        Assert.Equal(15, BootSchedule.NextLook(TimeSpan.Zero, boots).TotalSeconds);
        Assert.Equal(5.9, BootSchedule.NextLook(TimeSpan.FromSeconds(110), boots).TotalSeconds, 3);
        Assert.Equal(1.6, BootSchedule.NextLook(TimeSpan.FromSeconds(116), boots).TotalSeconds);
        Assert.Equal(1.6, BootSchedule.NextLook(TimeSpan.FromSeconds(155), boots).TotalSeconds);
        Assert.InRange(BootSchedule.NextLook(TimeSpan.FromSeconds(160), boots).TotalSeconds, 3, 5);
        Assert.Equal(10, BootSchedule.NextLook(TimeSpan.FromSeconds(400), boots).TotalSeconds);
    }

    [Fact]
    public void LittleKnown_IsNeverMoreThanTenSecondsLate()
    {
        TimeSpan[] boots = Seconds(120, 125);
        for (int age = 0; age < 400; age++)
        {
            Assert.InRange(BootSchedule.NextLook(TimeSpan.FromSeconds((double)age), boots).TotalSeconds, 0.5, 10);
        }
    }

    [Fact]
    public void TwoGroups_AreTwoWindows()
    {
        TimeSpan[] boots = Seconds(9.5, 9.7, 120, 125);
        Assert.Equal(1.6, BootSchedule.NextLook(TimeSpan.FromSeconds(9), boots).TotalSeconds);
        Assert.Equal(10, BootSchedule.NextLook(TimeSpan.FromSeconds(60), boots).TotalSeconds);
        Assert.Equal(1.6, BootSchedule.NextLook(TimeSpan.FromSeconds(118), boots).TotalSeconds);
    }

    [Fact]
    public void BootTimes_KeepTheLastSixteen_AndNothingVague()
    {
        var boots = new BootTimes();
        Assert.Empty(boots.Of("Standard"));
        for (int i = 1; i <= 20; i++)
        {
            boots.Record("Standard", TimeSpan.FromSeconds(i - 1.0), TimeSpan.FromSeconds(i + 1.0));
        }

        boots.Record("standard", TimeSpan.Zero, TimeSpan.FromSeconds(31));
        boots.Record("standard", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(5, 16).Select(static second => TimeSpan.FromSeconds((double)second)), boots.Of("STANDARD"));
        Assert.Empty(boots.Of("Premium"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ready_IsNoticedWithinASecond_WithHalfOfTheRequestsOfAFixedPoll(int seed)
    {
        var random = new Random(seed);
        BootRun run = await BootRun.MeasureAsync([.. Enumerable.Range(0, 60).Select(_ => 111 + (random.NextDouble() * 70))]);
        Assert.True(run.MedianDelay(from: 10) <= 1, $"median {run.MedianDelay(10)} s");
        Assert.True(
            run.Requests(from: 10) * 2 <= run.RequestsOfFixedPoll(from: 10),
            $"{run.Requests(10)} requests, a fixed poll {run.RequestsOfFixedPoll(10)}");
        Assert.True(run.LongestDelay(count: 10) <= 10, $"{run.LongestDelay(10)} s late");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Ready_IsNoticedWithinASecond_AlsoWhenBootsBecomeMuchShorter(int seed)
    {
        var random = new Random(seed);
        double[] boots = [.. Enumerable.Range(0, 60).Select(i => i < 30 ? 111 + (random.NextDouble() * 70) : 9 + random.NextDouble())];
        BootRun run = await BootRun.MeasureAsync(boots);
        Assert.True(run.MedianDelay(from: 10) <= 1, $"median {run.MedianDelay(10)} s");
        Assert.True(run.MedianDelay(from: 33) <= 1, $"median after the drift {run.MedianDelay(33)} s");
        Assert.True(
            run.Requests(from: 10) * 2 <= run.RequestsOfFixedPoll(from: 10),
            $"{run.Requests(10)} requests, a fixed poll {run.RequestsOfFixedPoll(10)}");
    }

    private static TimeSpan[] Seconds(params double[] seconds) => [.. seconds.Select(TimeSpan.FromSeconds)];

    private sealed record BootRun(double[] Boots, double[] Delays, int[] RequestsEach)
    {
        public static async Task<BootRun> MeasureAsync(double[] boots)
        {
            await using ObservationFixture fixture = await ObservationFixture.CreateAsync(configure: options =>
            {
                foreach (double boot in boots)
                {
                    options.BootTimeSequence.Add(TimeSpan.FromSeconds(boot));
                }
            });
            var delays = new double[boots.Length];
            var requests = new int[boots.Length];
            for (int i = 0; i < boots.Length; i++)
            {
                long start = fixture.Time.GetTimestamp();
                int before = fixture.Reads;
                RenderingSession session = await fixture.CreateSessionAsync("s" + i);
                await fixture.PassUntilAsync(session.WaitUntilReadyAsync());
                delays[i] = fixture.Time.GetElapsedTime(start).TotalSeconds - boots[i];
                requests[i] = fixture.Reads - before;
            }

            return new BootRun(boots, delays, requests);
        }

        public double MedianDelay(int from) => Delays[from..].Order().ElementAt((Delays.Length - from) / 2);

        public double LongestDelay(int count) => Delays[..count].Max();

        public int Requests(int from) => RequestsEach[from..].Sum();

        public int RequestsOfFixedPoll(int from) => Boots[from..].Sum(static boot => (int)Math.Ceiling(boot / 2));
    }
}
