using System.Net;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Service.Rest;

/// <summary>Starts that take their time or fail, capacity and throttling, whatever carries the requests.</summary>
public abstract class ServiceLimitsContract(bool loopback)
{
    [Fact]
    public async Task Start_ThatFails_IsAnErrorInsideTheSession()
    {
        await using EmulatorSession service = await StartAsync(options => options.Capacity[SessionSize.Standard] = 1);
        service.Emulator.FailNextStart();
        service.Emulator.FailStart("byId", "Special", "Because.");
        await service.PutAsync("next");
        await service.PutAsync("byId");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        using HttpResponseMessage failed = await service.GetAsync("byId");
        Assert.Equal(HttpStatusCode.OK, failed.StatusCode);
        Assert.EndsWith(
            "\"status\":\"Error\",\"error\":{\"code\":\"Special\",\"message\":\"Because.\"}}", await failed.Content.ReadAsStringAsync());
        Assert.Equal("Error", await service.StatusAsync("next"));
        await service.PutAsync("fits");
        await service.PutAsync("full");
        await service.PutAsync("other", size: "Premium");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("Ready", await service.StatusAsync("fits"));
        Assert.Equal("Ready", await service.StatusAsync("other"));
        Assert.Equal("StandardCapacityExhausted", service.Emulator.FindSession("full")!.FailureCode);
        await service.StopAsync("fits");
        await service.PutAsync("again");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal("Ready", await service.StatusAsync("again"));
    }

    [Fact]
    public async Task BootTimes_ComeFromSequenceThenSizeThenDefault()
    {
        await using EmulatorSession service = await StartAsync(options =>
        {
            options.BootTimeSequence.Add(TimeSpan.FromSeconds(30));
            options.BootTimes[SessionSize.Premium] = TimeSpan.FromSeconds(10);
        });
        await service.PutAsync("first");
        await service.PutAsync("premium", size: "premium");
        await service.PutAsync("default");
        await service.Time.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(
            ("Starting", "Starting", "Ready"),
            (await service.StatusAsync("first"), await service.StatusAsync("premium"), await service.StatusAsync("default")));
        await service.Time.PassAsync(TimeSpan.FromSeconds(8));
        Assert.Equal(("Starting", "Ready"), (await service.StatusAsync("first"), await service.StatusAsync("premium")));
        await service.Time.PassAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("Ready", await service.StatusAsync("first"));
    }

    [Fact]
    public async Task Throttling_CountsEachMinuteAndAccount()
    {
        var other = Guid.NewGuid();
        await using EmulatorSession service = await StartAsync(options =>
        {
            options.RequestsPerMinute = 3;
            options.Accounts.Add(new EmulatorAccount(other, "key"));
        });
        await service.Time.PassAsync(TimeSpan.FromSeconds(20.5));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await service.GetAsync("s")).StatusCode);
        }

        using HttpResponseMessage throttled = await service.GetAsync("s");
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.Equal("40", Assert.Single(throttled.Headers.GetValues("Retry-After")));
        Assert.Empty(await throttled.Content.ReadAsByteArrayAsync());
        string otherToken = service.Emulator.CreateAccessToken(accountId: other);
        Assert.Equal(
            HttpStatusCode.OK,
            (await service.SendAsync("GET", $"/accounts/{other}/sessions?api-version=2021-01-01", bearer: otherToken)).StatusCode);
        await service.Time.PassAsync(TimeSpan.FromSeconds(39.5));
        Assert.Equal(HttpStatusCode.NotFound, (await service.GetAsync("s")).StatusCode);
    }

    private Task<EmulatorSession> StartAsync(Action<SessionEmulatorOptions>? configure = null)
        => EmulatorSession.StartAsync(loopback, configure);
}
