using System.Net;
using RemoteRendering.Sessions.Emulator.Tests.Service.Support;
using RemoteRendering.Sessions.Service;
using RemoteRendering.Sessions.TestSupport;

namespace RemoteRendering.Sessions.Emulator.Tests.Faults;

/// <summary>Faults on the service side, whatever carries the requests.</summary>
public abstract class FaultContract(bool loopback)
{
    [Fact]
    public async Task Cut_BeforeAndAfterEffect_DifferInWhatIsLeft()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.CutBeforeEffect);
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.CutAfterEffect);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.PutAsync("s"));
        Assert.Empty(service.Emulator.Sessions);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.PutAsync("s"));
        Assert.Single(service.Emulator.Sessions);
        Assert.Equal(HttpStatusCode.OK, (await service.PutAsync("s")).StatusCode);
        Assert.Equal(["cut before effect", "cut after effect", null], service.Emulator.Requests.Select(entry => entry.Fault));
        Assert.Equal([0, 0, 200], service.Emulator.Requests.Select(entry => entry.Status));
    }

    [Fact]
    public async Task Update_NeverApplied_AnswersWithTheLeaseOfBefore_AndLeavesIt()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("s");
        TimeSpan before = service.Emulator.FindSession("s")!.MaxLeaseTime;
        service.Emulator.Faults.Next(ServiceOperation.Update, EmulatorFault.NeverApplied);
        RemoteRenderingClient client = service.Emulator.CreateClient();
        var longer = new RenderingSessionUpdateOptions(before + TimeSpan.FromMinutes(5));
        Assert.Equal(before, (await client.UpdateSessionAsync("s", longer)).Value.MaxLeaseTime);
        Assert.Equal(before, service.Emulator.FindSession("s")!.MaxLeaseTime);
        Assert.Equal(before + TimeSpan.FromMinutes(5), (await client.UpdateSessionAsync("s", longer)).Value.MaxLeaseTime);
        Assert.Contains("never applied", service.Emulator.Requests.Select(static request => request.Fault));
    }

    [Fact]
    public void FaultOfUpdates_IsRefusedForOtherOperations_AndLeavesThemAloneAtRandom()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.AppliedLate(TimeSpan.Zero));
        Assert.Equal("applied 2500 ms late", EmulatorFault.AppliedLate(TimeSpan.FromSeconds(2.5)).ToString());
        var faults = new EmulatorFaults();
        foreach (
            ServiceOperation operation in Enum.GetValues<ServiceOperation>()
                .Where(static operation => operation != ServiceOperation.Update))
        {
            Assert.Throws<ArgumentException>("fault", () => faults.Next(operation, EmulatorFault.NeverApplied));
        }

        faults.Randomize(1, 1, EmulatorFault.NeverApplied);
        Assert.Null(faults.Take(ServiceOperation.Read));
        Assert.Same(EmulatorFault.NeverApplied, faults.Take(ServiceOperation.Update));
    }

    [Fact]
    public async Task Status_Answers_WithRetryAfterWhereItBelongs()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.Throttled(TimeSpan.FromSeconds(2.5)));
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusBeforeEffect(503));
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusAfterEffect(500));
        using HttpResponseMessage throttled = await service.PutAsync("s");
        Assert.Equal((HttpStatusCode.TooManyRequests, "3"), (throttled.StatusCode, throttled.Headers.RetryAfter!.ToString()));
        using HttpResponseMessage unavailable = await service.PutAsync("s");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unavailable.StatusCode);
        Assert.Empty(service.Emulator.Sessions);
        using HttpResponseMessage failed = await service.PutAsync("s");
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Contains("InternalServerError", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(service.Emulator.Sessions);
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(409, "Conflict")]
    [InlineData(422, "UnprocessableEntity")]
    [InlineData(500, "InternalServerError")]
    [InlineData(403, null)]
    [InlineData(404, null)]
    public async Task Status_HasABody_WhereTheServiceHasOne(int status, string? code)
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusBeforeEffect(status));
        using HttpResponseMessage response = await service.PutAsync("s");
        Assert.Equal(status, (int)response.StatusCode);
        string body = await response.Content.ReadAsStringAsync();
        Assert.Equal(code is null ? string.Empty : $"{{\"error\":{{\"code\":\"{code}\"", code is null ? body : body[..(19 + code.Length)]);
    }

    [Fact]
    public async Task Status401_SaysHowToSignIn()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.StatusBeforeEffect(401));
        using HttpResponseMessage response = await service.PutAsync("s");
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task TruncatedBody_DeliversHalfAndBreaks()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.TruncatedBody, times: 2);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.PutAsync("s"));
        var request = new HttpRequestMessage(HttpMethod.Put, service.Session("t"))
        {
            Content = new StringContent("""{"maxLeaseTimeMinutes":4,"size":"Standard"}""", null, "application/json")
        };
        using HttpResponseMessage response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        var received = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(received));
        Assert.True(received.Length < response.Content.Headers.ContentLength);
        Assert.Equal(2, service.Emulator.Sessions.Count);
    }

    [Fact]
    public async Task TruncatedBody_OfAnAnswerWithoutOne_IsACut()
    {
        await using EmulatorSession service = await StartAsync();
        await service.PutAsync("s");
        service.Emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.TruncatedBody);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.StopAsync("s"));
        Assert.Equal("Stopped", await service.StatusAsync("s"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Delay_RunsOnTheEmulatorsClock()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.DelayBeforeEffect(TimeSpan.FromSeconds(7)));
        service.Emulator.Faults.Next(ServiceOperation.Create, EmulatorFault.DelayAfterEffect(TimeSpan.FromSeconds(7)));
        foreach ((string id, int during) in new[] { ("s", 0), ("t", 2) })
        {
            Task<HttpResponseMessage> put = service.PutAsync(id);
            await service.Time.WaitForTimersAsync(1);
            Assert.Equal(during, service.Emulator.Sessions.Count);
            Assert.False(put.IsCompleted);
            await service.Time.PassAsync(TimeSpan.FromSeconds(7));
            Assert.Equal(HttpStatusCode.Created, (await put).StatusCode);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task HalfOpen_NeverAnswers_UntilTheClientGivesUp()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Stop, EmulatorFault.HalfOpenAfterEffect);
        await service.PutAsync("s");
        using var giveUp = new CancellationTokenSource();
        Task<HttpResponseMessage> stop =
            service.Http.PostAsync(service.Account + "/sessions/s/:stop?api-version=2021-01-01", null, giveUp.Token);
        await Wait.UntilAsync(() => service.Emulator.FindSession("s")!.State == SessionState.Stopped);

        Assert.False(stop.IsCompleted);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stop);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_LetsGoOfWhatIsHeldBack()
    {
        EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.List, EmulatorFault.HalfOpenBeforeEffect);
        Task<HttpResponseMessage> list = service.ListAsync();
        await Wait.UntilAsync(() => service.Emulator.RequestCount > 0);

        await service.Emulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => list);
        await Assert.ThrowsAsync<HttpRequestException>(() => service.ListAsync());
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Randomize_SameSeed_HitsTheSameRequests()
    {
        Assert.Equal(await HitsAsync(42), await HitsAsync(42));
        Assert.NotEqual(await HitsAsync(42), await HitsAsync(43));
        Assert.InRange((await HitsAsync(42)).Count(hit => hit is not null), 15, 45);
    }

    [Fact]
    public async Task Clear_EndsFaults()
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Next(ServiceOperation.Token, EmulatorFault.CutBeforeEffect);
        service.Emulator.Faults.Randomize(1, 1, EmulatorFault.CutBeforeEffect);
        service.Emulator.Faults.Clear();
        Assert.Equal(HttpStatusCode.OK, (await service.ListAsync()).StatusCode);
    }

    private async Task<List<string?>> HitsAsync(int seed)
    {
        await using EmulatorSession service = await StartAsync();
        service.Emulator.Faults.Randomize(seed, 0.3, EmulatorFault.StatusBeforeEffect(500), EmulatorFault.StatusBeforeEffect(503));
        for (int i = 0; i < 100; i++)
        {
            (await service.GetAsync("s")).Dispose();
            (await service.PatchAsync("s", i)).Dispose();
        }

        return [.. service.Emulator.Requests.Where(entry => entry.Operation == ServiceOperation.Read).Select(entry => entry.Fault)];
    }

    private Task<EmulatorSession> StartAsync() => EmulatorSession.StartAsync(loopback);
}
